import { PlainError } from '@/api/problem'
import type { components } from '@/api/schema.gen'
import { translator } from '@/lib/i18n'
import { fromBase64Url, toBase64Url } from './bytes'
import { texts } from './texts'

type Schemas = components['schemas']

export type PasskeyFailure = 'cancelled' | 'known' | 'unsupported' | 'failed'

/** The browser, or the person, gave no passkey; `message` is for the person. */
export class PasskeyError extends PlainError {
  override readonly name = 'PasskeyError'
  readonly reason: PasskeyFailure

  constructor(reason: PasskeyFailure, cause?: unknown) {
    super(translator(texts)(reason), { cause })
    this.reason = reason
  }
}

export const knowsPasskeys = () => typeof window.PublicKeyCredential === 'function'

/** Whether the browser can offer passkeys in the list under an e-mail field. */
export async function offersPasskeysInFields(): Promise<boolean> {
  if (!knowsPasskeys()) return false
  return (await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false
}

/** Asks the browser to make a passkey (`public_key` of the API). Throws `PasskeyError`. */
export async function createPasskey(options: Schemas['CreationOptions']): Promise<Schemas['RegistrationCredential']> {
  const made = await given(() =>
    navigator.credentials.create({
      publicKey: {
        rp: options.rp,
        user: { ...options.user, id: fromBase64Url(options.user.id) },
        challenge: fromBase64Url(options.challenge),
        pubKeyCredParams: options.pubKeyCredParams,
        timeout: options.timeout,
        excludeCredentials: options.excludeCredentials.map(described),
        authenticatorSelection: options.authenticatorSelection as AuthenticatorSelectionCriteria,
        attestation: options.attestation as AttestationConveyancePreference,
      },
    }),
  )
  const response = made.response as AuthenticatorAttestationResponse
  return {
    id: made.id,
    rawId: toBase64Url(made.rawId),
    type: 'public-key',
    response: {
      clientDataJSON: toBase64Url(response.clientDataJSON),
      attestationObject: toBase64Url(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  }
}

interface Asking {
  /** Offers passkeys under the e-mail field, and waits for a choice as long as the page is open. */
  inField?: boolean
  signal?: AbortSignal
}

/** Asks the browser for a passkey (`public_key` of the API). Throws `PasskeyError`, also when `signal` aborts. */
export async function presentPasskey(
  options: Schemas['RequestOptions'],
  { inField = false, signal }: Asking = {},
): Promise<Schemas['AuthenticationCredential']> {
  const used = await given(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: fromBase64Url(options.challenge),
        timeout: options.timeout,
        rpId: options.rpId,
        allowCredentials: options.allowCredentials.map(described),
        userVerification: options.userVerification as UserVerificationRequirement,
      },
      ...(inField && { mediation: 'conditional' }),
      ...(signal && { signal }),
    }),
  )
  const response = used.response as AuthenticatorAssertionResponse
  return {
    id: used.id,
    rawId: toBase64Url(used.rawId),
    type: 'public-key',
    response: {
      clientDataJSON: toBase64Url(response.clientDataJSON),
      authenticatorData: toBase64Url(response.authenticatorData),
      signature: toBase64Url(response.signature),
      userHandle: response.userHandle ? toBase64Url(response.userHandle) : null,
    },
  }
}

const described = ({ id, type, transports }: Schemas['DescriptorOut']): PublicKeyCredentialDescriptor => ({
  id: fromBase64Url(id),
  type,
  transports: transports as AuthenticatorTransport[],
})

async function given(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  if (!knowsPasskeys()) throw new PasskeyError('unsupported')
  let credential: Credential | null
  try {
    credential = await ask()
  } catch (error) {
    throw new PasskeyError(failureOf(error), error)
  }
  if (credential === null) throw new PasskeyError('cancelled')
  return credential as PublicKeyCredential
}

/** Browsers say `NotAllowedError` for a person's no and for a time that ran out alike, on purpose. */
function failureOf(error: unknown): PasskeyFailure {
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'AbortError') return 'cancelled'
  if (name === 'NotSupportedError') return 'unsupported'
  return name === 'InvalidStateError' ? 'known' : 'failed'
}
