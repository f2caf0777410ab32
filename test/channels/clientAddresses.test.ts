import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { ClientAddresses, isNetwork } from '../../channels/clientAddresses';

function aRequest(peer: string, forwardedFor?: string): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: peer });
  const req = new IncomingMessage(socket);
  if (forwardedFor !== undefined) req.headers['x-forwarded-for'] = forwardedFor;
  return req;
}

describe('where a request comes from', () => {
  it.each([
    ['203.0.113.9', undefined, '203.0.113.9'],
    ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['10.1.2.3', '1.2.3.4, 198.51.100.1', '198.51.100.1'],
    ['10.1.2.3', '1.2.3.4, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
    ['10.1.2.3', '198.51.100.1:4711', '198.51.100.1'],
    ['10.1.2.3', '[2001:0db8:1:2::7]:4711', '2001:db8:1:2::/64'],
    ['10.1.2.3', '198.51.100.1, unknown', '10.1.2.3'],
    ['10.1.2.3', '', '10.1.2.3'],
    ['10.1.2.3', '10.4.4.4', '10.4.4.4'],
    ['2001:db8:f::1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', undefined, 'fe80:0:0:0::/64'],
    ['', undefined, ''],
  ])('%s that says it speaks for %s is taken as %s', (peer, forwardedFor, network) => {
    const addresses = new ClientAddresses(['10.0.0.0/8', '2001:db8:f::1']);
    expect(addresses.networkOf(aRequest(peer, forwardedFor))).toBe(network);
  });

  it.each([
    ['127.0.0.1', undefined, undefined],
    ['::1', undefined, undefined],
    ['', undefined, undefined],
    ['127.0.0.1', '198.51.100.1', undefined],
    ['203.0.113.9', undefined, '203.0.113.9'],
  ])('%s speaking for %s is as a customer %s', (peer, forwardedFor, network) => {
    expect(new ClientAddresses([]).customerNetworkOf(aRequest(peer, forwardedFor))).toBe(network);
  });

  it('is believed of a proxy on this machine that the settings name', () => {
    const addresses = new ClientAddresses(['127.0.0.1']);
    expect(addresses.customerNetworkOf(aRequest('127.0.0.1', '198.51.100.1'))).toBe('198.51.100.1');
    expect(addresses.customerNetworkOf(aRequest('127.0.0.1'))).toBeUndefined();
  });

  it.each([
    ['10.0.0.1', true],
    ['10.0.0.0/8', true],
    ['::1', true],
    ['2001:db8::/32', true],
    ['10.0.0.0/33', false],
    ['10.0.0.0/8/8', false],
    ['10.0.0.0/', false],
    ['proxy.example', false],
    ['', false],
  ])('%s as a network: %s', (text, is) => {
    expect(isNetwork(text)).toBe(is);
  });
});
