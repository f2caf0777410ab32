import { createServer } from 'node:http';
import Provider from 'oidc-provider';

/**
 * A real OpenID Connect provider on loopback, as a process of its own: tells its issuer, hears where people go back
 * to, and then serves. Accounts are whatever is typed; what they may do at the desk is in their name.
 */
const roles = { 'kim.agent': ['desk-agent'], 'lee.lead': ['desk-agent', 'desk-lead'], visitor: ['guest'] };
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  process.send({ issuer: `http://127.0.0.1:${server.address().port}` });
});

process.once('message', ({ issuer, redirectUri, clientSecret }) => {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'desk',
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub', 'roles'], profile: ['preferred_username'], email: ['email'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key of this test'] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id, roles: roles[id] ?? [] }),
    }),
  });
  server.on('request', provider.callback());
  process.send({ ready: true });
});
process.on('disconnect', () => process.exit(0));
