import type { IntentReport } from '../../../services/intent/evaluateIntents';
import { type Miss, worstFirst } from '../../../services/intent/evaluation/confusions';
import type { ReliabilityBin } from '../../../services/intent/evaluation/reliability';
import { headlines, percent } from './reportText';

const style = `
:root { color-scheme: light dark; --line: #8888; --bar: #2563eb; --mark: #b45309; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { text-align: left; padding: .2rem .9rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
svg { max-width: 100%; height: auto; } svg text { fill: currentColor; font-size: 12px; }`;

/**
 * The report as one page that needs nothing else: no script, no network.
 * @param name of the file that was measured
 */
export function reportPage(name: string, report: IntentReport, misses: readonly Miss[]): string {
  const shares = (caption: string, entries: Readonly<Record<string, number>>) =>
    table(
      caption,
      ['', 'accuracy'],
      Object.entries(entries).map(([key, share]) => [key, percent(share)]),
    );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Understanding: ${escaped(name)}</title>
<style>${style}
</style>
</head>
<body>
<h1>Understanding: ${escaped(name)}</h1>
${table('The whole set', ['', ''], headlines(report))}
<h2>How honest the confidence is</h2>
${reliabilityDiagram(report.reliability)}
${shares('By language', report.byLang)}
${shares('By style', report.byStyle)}
${shares('By topic', report.byTopic)}
${table(
  'By decision',
  ['', 'accuracy', 'messages'],
  Object.entries(report.byDecision).map(([key, { n, accuracy }]) => [key, percent(accuracy), String(n)]),
)}
${table(
  'Confusions, the most frequent first',
  ['meant', 'understood', 'messages', 'for example'],
  report.confusions.map(({ expected, found, n, example }) => [expected, found, String(n), example]),
)}
${table(
  'Misses, the surest first',
  ['meant', 'understood', 'confidence', 'message'],
  worstFirst(misses).map((miss) => [miss.expected, miss.found, miss.confidence.toFixed(2), miss.text]),
)}
</body>
</html>
`;
}

/** Bars of accuracy over confidence; on the dashed line confidence would be honest. */
function reliabilityDiagram(bins: readonly ReliabilityBin[]): string {
  const size = 300;
  const left = 46;
  const top = 12;
  const width = size / bins.length;
  const x = (share: number) => left + share * size;
  const y = (share: number) => top + (1 - share) * size;
  const bars = bins.flatMap(({ from, n, confidence, accuracy }) => {
    if (confidence === null || accuracy === null) return [];
    const label = `confidence ${percent(confidence)}, accuracy ${percent(accuracy)}, ${n} messages`;
    return [
      `<rect x="${(x(from) + 1).toFixed(1)}" y="${y(accuracy).toFixed(1)}" width="${width - 2}" height="${(accuracy * size).toFixed(1)}" fill="var(--bar)" fill-opacity=".7"><title>${label}</title></rect>`,
      `<circle cx="${x(confidence).toFixed(1)}" cy="${y(accuracy).toFixed(1)}" r="3" fill="var(--mark)"/>`,
      `<text x="${(x(from) + width / 2).toFixed(1)}" y="${top + size + 32}" text-anchor="middle">${n}</text>`,
    ];
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    `<text x="${left - 6}" y="${y(share) + 4}" text-anchor="end">${share * 100}%</text>`,
    `<text x="${x(share)}" y="${top + size + 16}" text-anchor="middle">${share * 100}%</text>`,
  ]);
  return `<svg viewBox="0 0 ${size + left + 20} ${size + top + 60}" width="460" role="img" aria-label="Accuracy by confidence">
<rect x="${left}" y="${top}" width="${size}" height="${size}" fill="none" stroke="var(--line)"/>
${bars.join('\n')}
<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="currentColor" stroke-dasharray="4 4"/>
${ticks.join('\n')}
<text x="${left + size / 2}" y="${top + size + 52}" text-anchor="middle">confidence; below it the messages of each step</text>
</svg>`;
}

function table(caption: string, header: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const cell = (text: string) => `<td${/^[\d.%]+$/.test(text) ? ' class="n"' : ''}>${escaped(text)}</td>`;
  const head = header.every((text) => text === '')
    ? ''
    : `<thead><tr>${header.map((text) => `<th scope="col">${escaped(text)}</th>`).join('')}</tr></thead>`;
  return `<table><caption>${escaped(caption)}</caption>${head}<tbody>
${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}
</tbody></table>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
