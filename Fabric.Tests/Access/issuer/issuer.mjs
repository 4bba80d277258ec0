// A real OpenID Connect issuer on loopback for the sign-in tests. Its built-in login form takes any name; a name that stands in the
// settings has the roles given there. Settings come as one JSON argument: { port, redirect, signedOut, people: { name: [roles] } }.
import { Provider } from 'oidc-provider';

const settings = JSON.parse(process.argv[2]);
const provider = new Provider(`http://127.0.0.1:${settings.port}`, {
  clients: [{
    client_id: 'fabric',
    client_secret: 'a-secret-that-only-the-test-knows',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [settings.redirect],
    post_logout_redirect_uris: [settings.signedOut],
  }],
  // Whoever comes without PKCE is sent away, so a sign-in that works has proven it.
  pkce: { required: () => true },
  conformIdTokenClaims: false,
  claims: { openid: ['sub'], profile: ['name', 'roles', 'fabric:role', 'fabric:tenant'] },
  cookies: { keys: ['only for tests'] },
  findAccount: (_, id) => ({
    accountId: id,
    // The last two try to slip in as what Fabric calls its own claims.
    claims: () => ({ sub: id, name: `Person ${id}`, roles: settings.people[id] ?? [], 'fabric:role': 'Admin', 'fabric:tenant': 'vendor' }),
  }),
});
provider.listen(settings.port, '127.0.0.1', () => console.log('listening'));
