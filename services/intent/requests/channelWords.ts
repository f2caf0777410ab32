import type { ChannelId } from '../../faq/faq';

/** How customers call the four ways, in both languages, without spaces. */
export const channelWords: readonly (readonly [ChannelId, string])[] = [
  ['app', '앱 어플 어플리케이션 마이케이티 마이케이티앱 마이kt 핸드폰앱 app theapp mykt'],
  [
    'web',
    '홈페이지 홈피 웹 웹사이트 사이트 인터넷 마이페이지 pc 컴퓨터 website thewebsite web site homepage online',
  ],
  [
    'phone',
    '전화 고객센터 콜센터 상담전화 114 1588 phone thephone byphone callcentre callcenter calling hotline',
  ],
  [
    'store',
    '매장 대리점 플라자 kt플라자 케이티플라자 오프라인 지점 영업점 store thestore shop theshop instore kt_plaza plaza',
  ],
];
