import { parseChoice } from '../../../../services/intent/requests/choice';

describe('a choice by its place', () => {
  it.each([
    ['첫번째', 1],
    ['첫 번째 거요', 1],
    ['1번', 1],
    ['1', 1],
    ['일번이요', 1],
    ['the first one', 1],
    ['first one please', 1],
    ['2번', 2],
    ['2)', 2],
    ['두 번째 거', 2],
    ['두번째 걸로 할게요', 2],
    ['둘째 거 보여줘', 2],
    ['number two', 2],
    ['option 2', 2],
    ['세 번째', 3],
    ['3rd', 3],
    ['네 번째 버튼', 4],
    ['9번', 9],
    ['마지막 거', -1],
    ['the last one', -1],
  ])('%s', (text, place) => {
    expect(parseChoice(text)).toBe(place);
  });

  it.each([
    ['123456'],
    ['35000'],
    ['010'],
    ['21번'],
    ['첫 달 요금'],
    ['두 번 냈어요'],
    ['처음으로'],
    ['네'],
    ['2월'],
    [''],
  ])('is none: %s', (text) => {
    expect(parseChoice(text)).toBeUndefined();
  });
});
