import { loadConfig } from '../../bot/config';

const set = { SECOND_OPINION_URL: 'https://api.openai.com/v1', SECOND_OPINION_MODEL: 'gpt-4o-mini' };

describe('settings of the second opinion', () => {
  it('are off by default', () => {
    expect(loadConfig({}).secondOpinion).toBeUndefined();
  });

  it('take an address, a model and a key', () => {
    expect(loadConfig({ ...set, SECOND_OPINION_KEY: 'sk-1' }).secondOpinion).toEqual({
      url: 'https://api.openai.com/v1',
      model: 'gpt-4o-mini',
      key: 'sk-1',
    });
    expect(
      loadConfig({ ...set, SECOND_OPINION_URL: 'http://127.0.0.1:8080/v1' }).secondOpinion?.key,
    ).toBeUndefined();
  });

  it.each([
    ['SECOND_OPINION_URL', { ...set, SECOND_OPINION_URL: 'http://models.example.kr/v1' }],
    ['SECOND_OPINION_URL', { ...set, SECOND_OPINION_URL: 'https://me:hunter2@models.example.kr' }],
    ['SECOND_OPINION_URL', { ...set, SECOND_OPINION_URL: 'models.example.kr' }],
    ['SECOND_OPINION_KEY', { ...set, SECOND_OPINION_KEY: 'two words' }],
    ['SECOND_OPINION_MODEL', { ...set, SECOND_OPINION_MODEL: 'a model' }],
    ['SECOND_OPINION_MODEL', { SECOND_OPINION_URL: set.SECOND_OPINION_URL }],
    ['SECOND_OPINION_MODEL', { SECOND_OPINION_MODEL: 'gpt-4o-mini' }],
    ['SECOND_OPINION_KEY', { SECOND_OPINION_KEY: 'sk-1' }],
  ])('a wrong %s is refused in one sentence that names it', (name, env) => {
    expect(() => loadConfig(env)).toThrow(new RegExp(`^${name} [^\n]*\\.$`));
    expect(() => loadConfig(env)).not.toThrow(/hunter2/);
  });
});
