import { describeBillingGateway } from '../contracts/billingContract';
import { demoCarrier, openTmfCarrier } from './tmfFixture';

describeBillingGateway('demo ledger', async () => demoCarrier());
describeBillingGateway('TMF678 v4', () => openTmfCarrier());
describeBillingGateway('TMF678 v5', () => openTmfCarrier({ version: 'v5' }));
