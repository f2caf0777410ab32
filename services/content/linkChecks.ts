import type { Content } from './contentFiles';
import type { Finding } from './finding';
import { textsOf } from './sentenceChecks';

/** Hosts that customers are sent to: the carrier's own and the two app stores. Another one is most likely a slip. */
const knownHosts = new Set(['my.kt.com', 'www.kt.com', 'play.google.com', 'apps.apple.com']);
/** What `--online` asks for at most, at the same time, and how long it waits. */
const mostLinks = 50;
const atOnce = 4;
const patienceMs = 8_000;

export interface Link {
  readonly file: string;
  readonly place: string;
  readonly url: string;
  /** A customer follows it; other links name sources. */
  readonly forCustomers: boolean;
}

/** Every address in the content. */
export function linksOf(content: Content): Link[] {
  const actions = (content.channels?.channels ?? []).flatMap((channel, c) =>
    channel.actions.flatMap((action, a) =>
      action.kind === 'open'
        ? [
            {
              file: 'channels.json',
              place: `channels[${c}].actions[${a}].url`,
              url: action.url,
              forCustomers: true,
            },
          ]
        : [],
    ),
  );
  const sources = (content.helplines?.helplines ?? []).flatMap(({ source }, h) =>
    source.url === undefined
      ? []
      : [
          {
            file: 'helplines.json',
            place: `helplines[${h}].source.url`,
            url: source.url,
            forCustomers: false,
          },
        ],
  );
  const inTexts = textsOf(content).flatMap(({ file, place, text }) =>
    [...text.matchAll(/https?:\/\/[^\s)]+/g)].map(([url]) => ({ file, place, url, forCustomers: true })),
  );
  return [...actions, ...sources, ...inTexts];
}

/** What can be said of addresses without asking anybody. */
export function checkLinks(links: readonly Link[]): Finding[] {
  return links.flatMap(({ file, place, url, forCustomers }): Finding[] => {
    const finding = { check: 'links', file, place, text: url } as const;
    if (!URL.canParse(url)) return [{ ...finding, severity: 'error', problem: `${url} is no address.` }];
    const { protocol, hostname, username, password } = new URL(url);
    if (protocol !== 'https:' || username + password !== '')
      return [{ ...finding, severity: 'error', problem: `${url} is no plain https address.` }];
    if (!forCustomers || knownHosts.has(hostname)) return [];
    return [
      {
        ...finding,
        severity: 'warning',
        problem: `${hostname} is not among the hosts we send customers to.`,
      },
    ];
  });
}

/** Asks every address for its head, few at a time. Gone pages are errors; a refusal to be asked is a warning. */
export async function checkLinksOnline(
  links: readonly Link[],
  options: { readonly timeoutMs?: number } = {},
): Promise<Finding[]> {
  const urls = [...new Set(links.map(({ url }) => url).filter((url) => URL.canParse(url)))].slice(
    0,
    mostLinks,
  );
  const answers = new Map<string, Pick<Finding, 'severity' | 'problem'> | undefined>();
  const waiting = urls.values();
  const worker = async () => {
    for (const url of waiting) answers.set(url, await askHead(url, options.timeoutMs ?? patienceMs));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return links.flatMap(({ file, place, url }): Finding[] => {
    const answer = answers.get(url);
    return answer === undefined ? [] : [{ ...answer, check: 'links', file, place, text: url }];
  });
}

async function askHead(
  url: string,
  timeoutMs: number,
): Promise<Pick<Finding, 'severity' | 'problem'> | undefined> {
  try {
    const { status } = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(timeoutMs) });
    if (status < 400) return undefined;
    const gone = status === 404 || status === 410;
    return { severity: gone ? 'error' : 'warning', problem: `${url} answers with HTTP ${status}.` };
  } catch {
    return { severity: 'error', problem: `${url} cannot be reached.` };
  }
}
