import { PermissionState } from '@/components/states/PermissionState'
import { Cases } from '@/features/moderation/components/Cases'
import { texts } from '@/features/moderation/i18n'
import { useText } from '@/lib/i18n'
import { caseAddresses } from '../postAddresses'
import { useCommunity } from './useCommunity'

/** What was reported in a community, for those who run it. */
export function Page() {
  const t = useText(texts)
  const { id, abilities } = useCommunity()
  if (!abilities.includes('manage_people')) {
    return <PermissionState title={t('runnersOnlyTitle')}>{t('runnersOnlyText')}</PermissionState>
  }
  return <Cases communityId={id} to={caseAddresses} />
}
