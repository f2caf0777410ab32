import * as fc from 'fast-check';
import {
  countDeflections,
  deflectionEntry,
  deflectionOutcomes,
  deflectionReport,
} from '../../../services/deflection/deflection';
import { faqTopics } from '../../../services/intent/intent';
import { journals, streamsOf } from '../../../services/journal/journal';

const anyReport = fc.record({
  outcome: fc.constantFrom(...deflectionOutcomes),
  topic: fc.constantFrom(...faqTopics, 'none' as const),
  language: fc.constantFrom('ko' as const, 'en' as const),
});

describe('outcomes of the help widget', () => {
  it('are counted each once, in all and by topic', () => {
    fc.assert(
      fc.property(fc.array(anyReport), (reports) => {
        const { total, byTopic } = countDeflections(reports.map((body) => ({ body })));

        for (const outcome of deflectionOutcomes) {
          expect(total[outcome]).toBe(reports.filter((report) => report.outcome === outcome).length);
          const summed = [...byTopic.values()].reduce((sum, counts) => sum + counts[outcome], 0);
          expect(summed).toBe(total[outcome]);
        }
      }),
    );
  });

  it('stand side by side: a return takes nothing from what was solved', () => {
    const body = { topic: 'late_fee', language: 'ko' };
    const rows = ['solved', 'solved', 'cameBack'].map((outcome) => ({ body: { ...body, outcome } }));

    expect(countDeflections(rows).total).toMatchObject({ solved: 2, cameBack: 1 });
  });

  it('leave out rows that are none, such as those of another version', () => {
    const rows = [
      { body: null },
      { body: { outcome: 'sold', topic: 'late_fee', language: 'ko' } },
      { body: [] },
    ];

    expect(countDeflections(rows).byTopic.size).toBe(0);
  });

  it('go into a stream of their own journal, whatever the topic', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const entry = deflectionEntry(report);
        expect(journals).toContain('deflection');
        expect(streamsOf('deflection')).toContain(entry.stream);
        expect(deflectionReport.parse(entry.body)).toEqual(report);
      }),
    );
  });
});
