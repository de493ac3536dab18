/**
 * An OpenID provider of somebody else's making, for tests: whoever logs in is who he says, with any password.
 *
 * Its command line is one JSON object: `port`, and the clients' metadata. It says `ready` once it answers.
 */
import { randomBytes } from 'node:crypto'
import process from 'node:process'
import { Provider } from 'oidc-provider'

const { port, clients } = JSON.parse(process.argv[2])
const issuer = `http://127.0.0.1:${port}`

const provider = new Provider(issuer, {
  clients,
  claims: {
    openid: ['sub'],
    profile: ['name'],
    eduperson: ['eduperson_principal_name'],
    email: ['email', 'email_verified'],
  },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  features: { devInteractions: { enabled: true } },
  pkce: { required: () => true },
  findAccount: (_context, login) => ({
    accountId: login,
    claims: () => ({
      sub: login,
      name: login.split('.').map(capitalised).join(' '),
      eduperson_principal_name: `${login}@valorne.example`,
      email: `${login}@etu.valorne.example`,
      email_verified: true,
    }),
  }),
})

provider.listen(port, '127.0.0.1', () => console.log('ready'))

function capitalised(word) {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
