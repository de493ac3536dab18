import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { Following } from './Following'

/** The address by which one's own calendar follows one's events, over the agenda. */
export function FollowDialog({ onClose }: { onClose: () => void }) {
  const t = useText(texts)
  return (
    <Dialog open onClose={onClose} title={t('followTitle')}>
      <Following />
    </Dialog>
  )
}
