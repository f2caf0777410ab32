import { findDates, findDateTimeEntities } from '../../../../services/intent/entities/dateTime';
import { findEntities } from '../../../../services/intent/entities/findEntities';

/** A Sunday. */
const nowMs = Date.parse('2026-11-22T14:30:00+09:00');

const found = (text: string, at: number | undefined = nowMs) =>
  findDateTimeEntities(text, at).map(({ type, value }) => `${type} ${value}`);

describe('a date', () => {
  it.each([
    ['오늘 낼게요', '2026-11-22'],
    ['내일 낼게요', '2026-11-23'],
    ['요금내일낼게요', '2026-11-23'],
    ['낼까지 꼭 낼게요', '2026-11-23'],
    ['모레요', '2026-11-24'],
    ['내일모레', '2026-11-24'],
    ['글피', '2026-11-25'],
    ['어제 냈어요', '2026-11-21'],
    ['그저께 냈는데요', '2026-11-20'],
    ['사흘 뒤', '2026-11-25'],
    ['열흘 전에 냈어요', '2026-11-12'],
    ['3일 후에 낼게요', '2026-11-25'],
    ['일주일 뒤', '2026-11-29'],
    ['한 달 뒤', '2026-12-22'],
    ['두 달 전', '2026-09-22'],
    ['2026년 10월 25일', '2026-10-25'],
    ['26년 10월 25일', '2026-10-25'],
    ['2026-10-25', '2026-10-25'],
    ['2026. 10. 25', '2026-10-25'],
    ['２０２６－１０－２５', '2026-10-25'],
    ['작년 12월 3일', '2025-12-03'],
    ['내년 1월 5일', '2027-01-05'],
    ['다음 달 5일에 낼게요', '2026-12-05'],
    ['담달 5일', '2026-12-05'],
    ['지난달 25일에 냈어요', '2026-10-25'],
    ['11월 25일', '2026-11-25'],
    ['십일월 이십오일', '2026-11-25'],
    ['시월 이십오일에 냈어요', '2026-10-25'],
    ['10/25에 냈어요', '2026-10-25'],
    ['25일까지 낼게요', '2026-11-25'],
    ['25일에 냈어요', '2026-10-25'],
    ['20일에 낼게요', '2026-12-20'],
    ['말일까지', '2026-11-30'],
    ['월말에', '2026-11-30'],
    ['이번 달 말일', '2026-11-30'],
    ['다음 달 말일에', '2026-12-31'],
    ['2월 말일', '2027-02-28'],
    ['금요일에 낼게요', '2026-11-27'],
    ['금욜에 냈어요', '2026-11-20'],
    ['이번 주 금요일', '2026-11-20'],
    ['다음 주 금요일', '2026-11-27'],
    ['다담주 말고 다음주 금요일', '2026-11-27'],
    ['지난주 수요일', '2026-11-11'],
    ['이번 주말', '2026-11-22'],
    ['다음 주말에', '2026-11-28'],
    ['다음 달 첫째 주 금요일', '2026-12-04'],
    ['매달 25일에 빠져나가요', '2026-11-25'],
    ['10일 전까지 낼게요', '2026-12-10'],
  ])('in "%s" is %s', (text, day) => {
    expect(found(text)).toEqual([`date ${day}`]);
  });

  it.each([
    '납부일 전날에 알려 주세요',
    '납부일 3일 전에 알려 주세요',
    '납부일 하루 전에 문자 주세요',
    '연체 10일 뒤에 정지돼요?',
    '전화 주세요',
    '안내일까지',
    '보낼까 말까',
    '3일 연체됐어요',
    '3일 동안 못 냈어요',
    '입금일이 언제예요',
    '이제 그제서야 알았어요',
    '1/2만 낼게요',
    '13월 40일',
    '11월 31일',
    '2026년 2월 30일',
    '010-1234-5678',
    '5G 요금제',
    '일이 많아서요',
  ])('is not seen in "%s"', (text) => {
    expect(findDateTimeEntities(text, nowMs).filter(({ type }) => type === 'date')).toEqual([]);
  });

  it('that depends on today is left out where nobody knows the day', () => {
    for (const text of [
      '내일',
      '25일',
      '다음 달 5일',
      '금요일',
      '10월 25일',
      '10/25',
      '말일',
      'tomorrow',
      'Oct 25',
    ])
      expect(findDateTimeEntities(text)).toEqual([]);
    expect(found('2026년 10월 25일', undefined)).toEqual(['date 2026-10-25']);
    expect(found('October 25, 2026', undefined)).toEqual(['date 2026-10-25']);
  });

  it('without its month keeps both days that it can be', () => {
    expect(findDates('25일', nowMs)).toMatchObject([
      { timex: 'XXXX-XX-25', candidates: ['2026-10-25', '2026-11-25'] },
    ]);
    expect(findDates('31일', nowMs)).toMatchObject([{ candidates: ['2026-10-31', '2026-12-31'] }]);
  });

  it('turns at midnight in Seoul, wherever the host is', () => {
    expect(found('내일', Date.parse('2026-11-22T14:59:59Z'))).toEqual(['date 2026-11-23']);
    expect(found('내일', Date.parse('2026-11-22T15:00:00Z'))).toEqual(['date 2026-11-24']);
    expect(found('tomorrow', Date.parse('2026-11-22T15:00:00Z'))).toEqual(['date 2026-11-24']);
  });
});

describe('a month', () => {
  it.each([
    ['지난달 요금', '2026-10'],
    ['저번 달 거', '2026-10'],
    ['전월 요금', '2026-10'],
    ['지지난달 요금', '2026-09'],
    ['이번 달 요금', '2026-11'],
    ['이달 청구서', '2026-11'],
    ['다음 달에 낼게요', '2026-12'],
    ['10월분', '2026-10'],
    ['10월 요금이 얼마예요', '2026-10'],
    ['12월분 요금', '2025-12'],
    ['12월에 낼게요', '2026-12'],
    ['시월 요금', '2026-10'],
    ['유월분', '2026-06'],
    ['십이월에 낼게요', '2026-12'],
    ['작년 12월 요금', '2025-12'],
    ['내년 1월에', '2027-01'],
    ['2026년 10월', '2026-10'],
    ['2026-10 요금', '2026-10'],
    ['11월 요금', '2026-11'],
    ['1월에 낼게요', '2027-01'],
  ])('in "%s" is %s', (text, month) => {
    expect(found(text)).toEqual([`month ${month}`]);
  });

  it.each(['3개월 밀렸어요', '한 달 요금', '매월 내요', '달러', '몇 월이에요'])(
    'is not seen in "%s"',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );
});

describe('a time of day', () => {
  it.each([
    ['오후 3시 반', '15:30'],
    ['오전 9시', '09:00'],
    ['오전 12시', '00:00'],
    ['낮 12시', '12:00'],
    ['밤 12시', '00:00'],
    ['새벽 두 시', '02:00'],
    ['저녁 일곱 시 이십 분', '19:20'],
    ['3시에 전화 주세요', '15:00'],
    ['9시까지', '09:00'],
    ['15:30', '15:30'],
    ['아침에', '09:00'],
    ['저녁에요', '18:00'],
  ])('in "%s" is %s', (text, time) => {
    expect(found(text)).toEqual([`time ${time}`]);
  });

  it.each(['3시간 뒤', '다시 해 주세요', '하시네', '세시풍속', '한시름 놨어요', '1588'])(
    'is not seen in "%s"',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );

  it('goes with its day', () => {
    expect(found('다음 달 5일 아침')).toEqual(['date 2026-12-05', 'time 09:00']);
    expect(found('내일 오후 3시')).toEqual(['date 2026-11-23', 'time 15:00']);
  });
});

describe('an English date', () => {
  it.each([
    ['I will pay tomorrow', ['date 2026-11-23']],
    ['paid it on Oct 25', ['date 2026-10-25']],
    ['I will pay on Oct 25', ['date 2027-10-25']],
    ['next friday', ['date 2026-11-27']],
    ["last month's bill", ['month 2026-10']],
    ['remind me on December 5th at 3pm', ['date 2026-12-05', 'time 15:00']],
    ['2026-10-25', ['date 2026-10-25']],
    ['the 25th', ['date 2026-11-25']],
    ['I will pay by Friday', ['date 2026-11-27']],
    ['on the 25th of next month', ['date 2026-12-25']],
    ['end of the month', ['date 2026-11-30']],
    ['do you answer phones on sundays', []],
    ['I may pay', []],
    ['how much do I owe', []],
  ])('in "%s"', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('the entities of a message', () => {
  it('come together, each place read once', () => {
    const read = (text: string) =>
      findEntities(text, nowMs).map(({ type, value, text: said }) => `${type} ${value} ${said}`);

    expect(read('10월분 3만5천원 25일에 카드로 낼게요')).toEqual([
      'month 2026-10 10월',
      'amount 35000 3만5천원',
      'date 2026-11-25 25일',
    ]);
    expect(read('미납이 두 건인데 두 번째 거 50%만 낼게요')).toEqual([
      'count 2 두 건',
      'ordinal 2 두 번째',
      'percent 50 50%',
    ]);
    expect(read('010-0000-1001로 내일 3만원')).toEqual([
      'phoneNumber 01000001001 010-0000-1001',
      'date 2026-11-23 내일',
      'amount 30000 3만원',
    ]);
  });
});
