import { IconCalendarOff, IconDots, IconFlag, IconPencil, IconPin, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { IconButton } from '@/components/buttons/IconButton'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Menu, type MenuItem } from '@/components/overlays/Menu'
import { ReportDialog } from '@/entities/report/ReportDialog'
import { texts as reporting } from '@/entities/report/texts'
import { useText } from '@/lib/i18n'
import { texts as ofEvents } from '../events.texts'
import { texts } from '../i18n'
import { useCancelEvent, useDeletePost, usePin } from '../mutations'
import type { Place, Post } from '../queries'

interface PostMenuProps {
  post: Post
  place: Place | undefined
  onEdit: () => void
}

/** What is done with a post less often. */
export function PostMenu({ post, place, onEdit }: PostMenuProps) {
  const t = useText(texts)
  const tr = useText(reporting)
  const te = useText(ofEvents)
  const [deleting, setDeleting] = useState(false)
  const [cancelling, setCancelling] = useState(false)
  const [telling, setTelling] = useState(false)
  const pin = usePin(post.id, place?.community.id ?? '')
  const remove = useDeletePost(post.id)
  const cancel = useCancelEvent(post.id, post.version)
  const items: MenuItem[] = []
  if (place?.abilities.includes('pin'))
    items.push({
      label: t(place.pinned ? 'unpin' : 'pin'),
      icon: IconPin,
      onSelect: () => pin.mutate(!place.pinned),
    })
  if (post.abilities.includes('edit')) items.push({ label: t('edit'), icon: IconPencil, onSelect: onEdit })
  if (post.abilities.includes('cancel') && !post.event?.cancelled && !post.event?.over)
    items.push({ label: te('cancelEvent'), icon: IconCalendarOff, onSelect: () => setCancelling(true) })
  if (post.abilities.includes('report'))
    items.push({ label: tr('report'), icon: IconFlag, onSelect: () => setTelling(true) })
  if (post.abilities.includes('delete'))
    items.push({ label: t('delete'), icon: IconTrash, danger: true, onSelect: () => setDeleting(true) })
  if (items.length === 0) return null
  return (
    <>
      <Menu items={items}>
        <IconButton icon={IconDots} label={t('actions')} />
      </Menu>
      <ReportDialog open={telling} onClose={() => setTelling(false)} postId={post.id} />
      <ConfirmDialog
        open={cancelling}
        onClose={() => setCancelling(false)}
        title={te('cancelTitle')}
        confirm={te('cancelEvent')}
        danger
        onConfirm={() => cancel.mutateAsync()}
      >
        {te('cancelText')}
      </ConfirmDialog>
      <ConfirmDialog
        open={deleting}
        onClose={() => setDeleting(false)}
        title={t('deletePostTitle')}
        confirm={t('delete')}
        danger
        onConfirm={() => remove.mutateAsync()}
      >
        {t('deletePostText')}
      </ConfirmDialog>
    </>
  )
}
