import { createSign, generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An OpenID Connect provider, as small as one can be: whoever comes is the person that a test names. */
export interface SignOnProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** Who comes next. */
  person: { sub: string; email: string; email_verified: boolean; name: string }
  close(): Promise<void>
}

const encoded = (value: object | Buffer) => (value instanceof Buffer ? value : Buffer.from(JSON.stringify(value))).toString('base64url')

export async function startSignOnProvider(): Promise<SignOnProvider> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const codes = new Map<string, { nonce: string | null }>()
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url!, provider.issuer)
    const answer = (body: object) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (url.pathname === '/.well-known/openid-configuration') {
      return answer({
        issuer: provider.issuer, authorization_endpoint: `${provider.issuer}/authorize`, token_endpoint: `${provider.issuer}/token`, userinfo_endpoint: `${provider.issuer}/userinfo`, jwks_uri: `${provider.issuer}/keys`,
        response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'],
      })
    }
    if (url.pathname === '/keys') return answer({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] })
    if (url.pathname === '/authorize') {
      const code = `code-${codes.size}`
      codes.set(code, { nonce: url.searchParams.get('nonce') })
      const back = new URL(url.searchParams.get('redirect_uri')!)
      back.searchParams.set('code', code)
      back.searchParams.set('state', url.searchParams.get('state') ?? '')
      return response.writeHead(302, { location: back.toString() }).end()
    }
    if (url.pathname === '/userinfo') return answer(provider.person)
    let body = ''
    for await (const piece of request) body += String(piece)
    const asked = codes.get(new URLSearchParams(body).get('code') ?? '')
    if (!asked) return response.writeHead(400).end('{"error":"invalid_grant"}')
    const now = Math.floor(Date.now() / 1_000)
    const claims = { ...provider.person, iss: provider.issuer, aud: provider.clientId, iat: now, exp: now + 300, ...(asked.nonce === null ? {} : { nonce: asked.nonce }) }
    const signed = `${encoded({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${encoded(claims)}`
    return answer({ access_token: 'access', token_type: 'Bearer', expires_in: 300, id_token: `${signed}.${encoded(createSign('RSA-SHA256').update(signed).sign(privateKey))}` })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const provider: SignOnProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, clientId: 'lastmile', clientSecret: 'between the two', person: { sub: '1', email: 'desk@acme.test', email_verified: true, name: 'Desk' },
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  }
  return provider
}
