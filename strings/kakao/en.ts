import type * as ko from './ko';

export const kakao: typeof ko.kakao = {
  row: {
    head: 'What I found',
    item: 'Item',
    amount: 'Amount',
    state: 'Status',
    detail: 'Note',
    basis: 'As of',
    total: 'Total',
  },
  below: 'Please choose below.',
  waiting: 'I am looking it up. One moment, please.',
  slow: 'This is taking a little longer. Please press the button below in a moment.',
  result: 'See the result',
  noResult: 'There is no new result. Please write your question again.',
  nothing: 'All right. Write to me whenever you have a question.',
};
