import { describeIdentity } from '../contracts/identityContract';
import { openEmbeddedFixture } from '../store/embeddedFixture';

describeIdentity('embedded', openEmbeddedFixture);
