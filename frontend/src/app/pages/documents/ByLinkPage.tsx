import { useLocation } from '@tanstack/react-router'
import { ByLink } from '@/features/documents/components/ByLink'
import { PublicLayout } from '../../PublicLayout'

/**
 * What is shared by a link, without a session. The secret after `#` stays in the address, so that it can be read anew and
 * kept: browsers send it nowhere.
 */
export function Page() {
  const { hash } = useLocation()
  return (
    <PublicLayout>
      <ByLink token={hash} />
    </PublicLayout>
  )
}
