/** What only KakaoTalk needs. Row names have at most 6 characters, button labels 14. */
export const kakao = {
  row: {
    head: '확인한 내용',
    item: '항목',
    amount: '금액',
    state: '상태',
    detail: '안내',
    basis: '기준',
    total: '모두',
  },
  below: '아래에서 골라 주세요.',
  /** The finished answer comes by itself. */
  waiting: '확인하고 있어요. 잠시만 기다려 주세요.',
  /** The finished answer must be picked up. */
  slow: '확인하는 데 조금 더 걸리고 있어요. 잠시 뒤에 아래 버튼을 눌러 주세요.',
  result: '결과 보기',
  noResult: '새로 나온 결과가 없어요. 궁금한 걸 다시 적어 주세요.',
  nothing: '네, 알겠어요. 궁금한 게 있으면 적어 주세요.',
};
