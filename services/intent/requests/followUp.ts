import type { ChannelId } from '../../faq/faq';
import { channelWords } from './channelWords';
import { meaningsOf, spelledText, vocabulary } from './spelling';
import type { Aspect } from './subject';

/** A short question that means something only after what was said before. */
export interface FollowUp {
  readonly channel?: ChannelId | undefined;
  readonly aspect?: Aspect | undefined;
  /** It points back with a word of its own: 거기, 그건, "there". */
  readonly pointsBack: boolean;
}

/** An ellipsis is short; a longer message stands for itself. */
const longest = 40;

type Meaning =
  | { readonly kind: 'channel'; readonly channel: ChannelId }
  | { readonly kind: 'aspect'; readonly aspect: Aspect }
  | { readonly kind: 'pointer' | 'filler' };

const aspectWords: readonly (readonly [Aspect, string])[] = [
  [
    'hours',
    `몇시까지 몇시부터 몇시에 몇시 언제까지해 언제까지하 언제열 언제부터 영업시간 운영시간 상담시간 업무시간 이용시간 시간 주말 주말에도
     토요일 토요일에도 일요일 일요일에도 공휴일 공휴일에도 휴일 밤에도 저녁에도 새벽에도 지금도 지금해 지금하 지금열 지금되 지금돼 지금가능 지금전화되 지금전화돼 오늘도 오늘해 오늘하
     문열 문닫 hours openinghours whattime untilwhen whenareyouopen whendotheyopen whendotheyclose whendoesitopen whendoesitclose
     close closed closing open opennow arethey_open isitopen weekend weekends ontheweekend onweekends onsaturday onsunday saturday sunday`,
  ],
  [
    'duration',
    `얼마나걸려 얼마나걸리 얼마걸려 얼마걸리 오래걸려 오래걸리 며칠걸려 며칠걸리 몇일걸려 몇분걸려 몇분걸리 시간걸려 금방돼 금방되
     얼마나기다려 얼마나기다리 오래기다려 오래기다리 언제반영 언제풀려 howlong howlongdoesittake howlongwillittake howlongwillthattake
     doesittakelong howlongdoihavetowait howlongisthewait isitquick`,
  ],
  [
    'cost',
    `무료 공짜 유료 비용 돈들 돈드 돈내 수수료 통화료 요금들 요금드 free isitfree isthatfree freeofcharge doesitcost doesthatcost howmuchdoesitcost
     howmuchdoesthatcost isthereafee isthereacharge cost`,
  ],
  [
    'number',
    '번호 전화번호 몇번 연락처 어디로전화 어디다전화 어디에전화 어디로걸 어디다걸 number phonenumber whatnumber whichnumber whatsthenumber thenumber whatnumberdoicall',
  ],
  [
    'place',
    `어디있 어딨 어디에있 어디예 어디에 어디 주소 위치 링크 where whereisit wherearethey whereisthat location address link thelink`,
  ],
  [
    'bring',
    `뭐가필요 뭐필요 무엇이필요 필요한거 필요한건 필요한게 준비물 뭐가져가 뭐챙겨 뭘가져가 뭘챙겨 뭐들고가 신분증 신분증필요 로그인해야 로그인필요
     whatdoineed whatshouldibring whatdoibring doineedid doineedtologin doineedmyid doineedtobringanything`,
  ],
  [
    'pay',
    `낼수있 낼수도있 내도 내면 납부돼 납부되 납부할수있 결제돼 결제되 결제할수있 납부도 canipaythere canipay canipayit howaboutpaying payingthere paythere`,
  ],
  ['amount', '얼마 얼만 얼마예 금액 howmuch howmuchisit howmuchisthat'],
  [
    'next',
    '다음 그다음 다음은 다음엔 그다음엔 그러고나서 그리고나서 그런다음 그후 그후엔 그뒤 그뒤엔 next whatsnext thenwhat andthen afterthat whataboutafterthat',
  ],
  [
    'how',
    `어떻게 어케 어떡해 어떻게해야 어떻게하면 방법 하는법 보는법 자세히 자세하게 더알려 더자세히 설명 좀더
     how howso howdoidothat howdoidoit tellmemore moredetails more details`,
  ],
];

const words = vocabulary<Meaning>([
  ...channelWords.map(([channel, list]) => [{ kind: 'channel', channel }, list] as const),
  ...aspectWords.map(([aspect, list]) => [{ kind: 'aspect', aspect }, list] as const),
  [
    { kind: 'pointer' },
    `거기 거긴 거기는 거기서 거기선 여기 여긴 그곳 그건 그거 그게 그걸 그것 그쪽 이건 이거 이게 저건 저거 그방법
     there that it this those they them`,
  ],
  [
    { kind: 'filler' },
    `그럼 그러면 그렇다면 그리고 근데 그런데 아 음 어 저 혹시 아니 아니요 네 또 다른 좀 잠깐 만 대략 보통 정확히 대충
     은 는 이 가 을 를 도 로 으로 에서 에선 에서는 에 엔 서 선 의 까지 부터 랑 이랑 쯤
     요 여 용 욤 염 죠 지 나 까 나요 까요 인가 인가요 인지 이에요 이예요 예요 에요 이요 여요 입니까 이야 야 임 냐 니
     해 해요 하나 하나요 하니 하는데 해야 해야돼 해야돼요 해야되나요 해야하나요 해줘 해줘요 해주세요 합니까 하죠 하면 하면돼요 하면되나요 하면돼
     돼 돼요 되 되나 되나요 되는지 됩니까 되죠 되는데 가능 가능해 가능해요 가능한가요 가능한지 가능하나요
     뭐 뭐야 뭐예요 뭐에요 뭐죠 뭔데 뭔데요 뭐지 무엇 뭔가요 뭡니까 있어 있어요 있나 있나요 있는지 있죠 있는데 있는데요 있습니까 열어 열어요 여나요 닫아 닫아요 닫나요
     걸려 걸려요 걸리나요 필요해 필요해요 필요한가요 어 어요 나 려요 려 는지 습니까 들어 들어요 드나요 내요 걸어요 걸어 거나요 알려 알려줘 알려줘요 알려주세요 궁금해요 궁금
     볼게 볼게요 볼래요 써 써요 가 가요 가야 가야돼요 가나요 챙겨요 한 하는 건 거 게 것 데 곳 곳이 ㅋㅋ ㅎㅎ ㅠㅠ ㅜㅜ
     and so then ok okay well but or what whats about how hows is are do does did can could i in on at by via with the a an of for to
     you do you know please pls tell me take takes be my get if use using instead no also too`,
  ],
]);

/**
 * What a short question asks of what was talked of before: "그럼 홈페이지는요?", "거기 몇 시까지 해요?", "is that
 * free?". Undefined for a message with content of its own, which is never bent to the old topic.
 */
export function parseFollowUp(text: string): FollowUp | undefined {
  if (text.length > longest) return undefined;
  const meanings = meaningsOf(spelledText(text), words);
  if (meanings === undefined) return undefined;
  const channels = new Set<ChannelId>();
  const asked: Aspect[] = [];
  for (const meaning of meanings) {
    if (meaning.kind === 'channel') channels.add(meaning.channel);
    if (meaning.kind === 'aspect') asked.push(meaning.aspect);
  }
  const [channel] = channels;
  // "앱 말고 홈페이지" compares two; that is more than an ellipsis.
  if (channels.size > 1) return undefined;
  // "전화번호가 뭐예요": the particular word, not the general one, says what is asked.
  const aspect = asked.find((one) => one !== 'how' && one !== 'place' && one !== 'next') ?? asked[0];
  if (channel === undefined && aspect === undefined) return undefined;
  return { channel, aspect, pointsBack: meanings.some(({ kind }) => kind === 'pointer') };
}
