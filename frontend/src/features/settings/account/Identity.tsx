import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { IdentityForm } from './IdentityForm'
import { texts } from './i18n'
import { meQuery } from './queries'

/** Name, and the public shown to who belongs to several. */
export function Identity({ children }: { children?: React.ReactNode }) {
  const t = useText(texts)
  const me = useQuery(meQuery)
  return (
    <Slab title={t('identity')}>
      <Loaded query={me}>{({ data, version }) => <IdentityForm me={data} version={version} />}</Loaded>
      {children}
    </Slab>
  )
}
