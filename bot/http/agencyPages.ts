import { demoOutcomes } from '../../services/identity/demoAgency';
import { type Locale, type Strings, stringsFor } from '../../strings';

/** Script and style of these pages, as the build named them. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/** Where PortOne's browser SDK comes from, and what it opens. */
const portOneScript = 'https://cdn.portone.io';
const portOneWindows = 'https://*.portone.io https://*.iamport.co';

/**
 * Headers of every page here: nothing is loaded that is not ours, besides PortOne's SDK where it is used; no other
 * site may frame it; the token in the address leaves with no request.
 */
export function agencyHeaders(usesPortOne: boolean): Readonly<Record<string, string>> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': [
      "default-src 'none'",
      `script-src 'self'${usesPortOne ? ` ${portOneScript}` : ''}`,
      "style-src 'self'",
      'img-src data:',
      `connect-src 'self'${usesPortOne ? ` ${portOneWindows}` : ''}`,
      ...(usesPortOne
        ? [`frame-src ${portOneWindows}`, `form-action ${portOneWindows}`]
        : ["form-action 'none'"]),
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  };
}

/** Says what is asked and by whom, and begins on a press: a messenger's link preview must use nothing up. */
export function startPage(locale: Locale, token: string, assets: PageAssets): string {
  const t = stringsFor(locale).agency.page;
  const body = `
    <p>${escaped(t.lead)}</p>
    <p>${escaped(t.what)}</p>
    <p class="warn">${escaped(t.warn)}</p>
    <button type="button" class="primary" id="begin">${escaped(t.begin)}</button>
    ${spoken(t)}
    <noscript><p>${escaped(t.noScript)}</p></noscript>`;
  return page(locale, t.title, body, { assets, token });
}

/** Plays the agency's app. */
export function demoPage(locale: Locale, token: string, assets: PageAssets): string {
  const t = stringsFor(locale).agency.page;
  const buttons = demoOutcomes.map(
    (outcome) =>
      `<button type="button" class="choice" data-outcome="${outcome}">${escaped(t.demoOutcomes[outcome])}</button>`,
  );
  const body = `
    <p>${escaped(t.demoLead)}</p>
    <div class="choices">${buttons.join('')}</div>
    ${spoken(t)}
    <noscript><p>${escaped(t.noScript)}</p></noscript>`;
  return page(locale, t.demoTitle, body, { assets, token });
}

/** Where the agency sends the customer back to. */
export function returnPage(locale: Locale, assets: PageAssets): string {
  const t = stringsFor(locale).agency.page;
  return page(locale, t.returnTitle, `<p role="status">${escaped(t.returned)}</p>`, { assets });
}

/** A link that is too old, used, or none of ours. Both languages: nobody knows which one is wanted. */
export function gonePage(assets: PageAssets, locale?: Locale): string {
  const locales: readonly Locale[] = locale === undefined ? ['ko', 'en'] : [locale];
  const paragraphs = locales.map(
    (language) => `<p lang="${language}">${escaped(stringsFor(language).agency.page.gone)}</p>`,
  );
  const first = locale ?? 'ko';
  return page(first, stringsFor(first).agency.page.goneTitle, paragraphs.join(''), { assets });
}

/** What the script says by itself stands here, so that every sentence comes from one place. */
function spoken(t: Strings['agency']['page']): string {
  const words = { opening: t.opening, stopped: t.stopped, trouble: t.trouble, gone: t.gone };
  const data = Object.entries(words).map(([name, text]) => `data-${name}="${escaped(text)}"`);
  return `<p id="says" role="status" ${data.join(' ')}></p>`;
}

function page(
  locale: Locale,
  title: string,
  body: string,
  parts: { assets: PageAssets; token?: string },
): string {
  const { assets, token } = parts;
  const data = token === undefined ? '' : ` data-token="${escaped(token)}"`;
  const script = token === undefined ? '' : `<script type="module" src="${escaped(assets.script)}"></script>`;
  return `<!doctype html>
<html lang="${locale}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="robots" content="noindex">
  <title>${escaped(title)}</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="${escaped(assets.style)}">
  ${script}
</head>
<body${data}>
  <main>
    <h1>${escaped(title)}</h1>${body}
  </main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
