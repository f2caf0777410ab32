import { type ConnectorStandIn, startConnectorStandIn } from '../../bench/connectorStandIn';

describe('the stand-in for the Bot Connector', () => {
  let connector: ConnectorStandIn;

  beforeEach(async () => {
    connector = await startConnectorStandIn();
  });

  afterEach(() => connector.close());

  const post = (path: string, json: object) =>
    fetch(`${connector.serviceUrl}${path}`, { method: 'POST', body: JSON.stringify(json) });

  it('takes a reply, answers with an id and tells whoever waits for that conversation', async () => {
    const heard: string[] = [];
    connector.onDelivery('mine', ({ words }) => heard.push(words));
    connector.onDelivery('other', () => heard.push('of the other'));

    const answer = await post('/v3/conversations/mine/activities/7', { type: 'message', text: '네' });
    await post('/v3/conversations/mine/activities', { type: 'message', summary: '카드' });

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ id: expect.any(String) });
    expect(heard).toEqual(['네', '카드']);
  });

  it('does not count typing as a reply', async () => {
    const heard: string[] = [];
    connector.onDelivery('mine', ({ words }) => heard.push(words));

    const answer = await post('/v3/conversations/mine/activities', { type: 'typing' });

    expect(answer.status).toBe(200);
    expect(heard).toEqual([]);
  });

  it('knows no other route', async () => {
    expect((await post('/v3/conversations', {})).status).toBe(404);
  });
});
