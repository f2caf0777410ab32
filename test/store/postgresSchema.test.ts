import { createHash } from 'node:crypto';
import { schemaSteps } from '../../store/postgres/migrations';

/** SHA-256 of each step that databases out there have had. */
const released = [
  '3d18bee935f6e642f385deb4998ac68bde0b472aa2de1761933e392a83593c56',
  '8e54cbbede1878cba77ce5ec353eb85f3f0863cd924c572d79f9bfd26284791b',
  '9221b03ea34b5705e434251c4871a023b98e24a86f32c86aec7c01c3116b94c6',
  '89bd0d249e234e03d553776acfa05e2171de4128f049d0395cba0f98d48fabbd',
];

describe('the schema in PostgreSQL', () => {
  it('keeps every step as it was released, so that old and new databases are alike', () => {
    const digests = schemaSteps.map((step) => createHash('sha256').update(step).digest('hex'));

    expect(digests.slice(0, released.length)).toEqual(released);
  });
});
