import { describeTurnStore } from '../contracts/turnStoreContract';
import { openEmbeddedFixture } from './embeddedFixture';

describeTurnStore('embedded', openEmbeddedFixture);
