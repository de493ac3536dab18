import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { Slab, Slabs } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import { Passkeys } from './Passkeys'
import { Password } from './Password'
import { credentialsQuery } from './queries'
import { Totp } from './Totp'
import { UniversityIdentity } from './UniversityIdentity'

/** All that lets a member in. */
export function Security({ email }: { email: string | null | undefined }) {
  const t = useText(texts)
  const credentials = useQuery(credentialsQuery)
  return (
    <Slabs>
      <Passkeys credentials={credentials.data} />
      {credentials.data ? (
        <>
          <Password credentials={credentials.data} email={email} />
          <Totp credentials={credentials.data} />
          <UniversityIdentity credentials={credentials.data} />
        </>
      ) : (
        <Slab title={t('password')}>
          <Loaded query={credentials}>{() => null}</Loaded>
        </Slab>
      )}
    </Slabs>
  )
}
