import { IconCalendarTime } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { messageOf } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { Chip } from '@/components/Chip'
import { FormError } from '@/components/forms/FormError'
import { Moment } from '@/components/Moment'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { beginningOf } from '../beginning'
import { texts } from '../composer.texts'
import { useCancelScheduled, usePublishScheduled } from '../mutations'
import { type ScheduledPost, scheduledQuery } from '../queries'
import type { Place } from '../writing'
import styles from './composer.module.css'

const WritingForm = lazy(async () => ({ default: (await import('./WritingForm')).WritingForm }))

/** What one is to say here later: nobody else sees it. */
export function ScheduledList({ place, mayUpload }: { place: Place; mayUpload: boolean }) {
  const t = useText(texts)
  const waiting = (useQuery(scheduledQuery).data ?? []).filter(({ places }) => places.some(({ id }) => id === place.id))
  if (waiting.length === 0) return null
  return (
    <Slab title={t('scheduled')}>
      <ul className={styles.scheduled}>
        {waiting.map((post) => (
          <Waiting key={post.id} post={post} place={place} mayUpload={mayUpload} />
        ))}
      </ul>
    </Slab>
  )
}

function Waiting({ post, place, mayUpload }: { post: ScheduledPost; place: Place; mayUpload: boolean }) {
  const t = useText(texts)
  const [changing, setChanging] = useState(false)
  if (changing) {
    return (
      <li>
        <Suspense>
          <WritingForm place={place} mayUpload={mayUpload} scheduled={post} onDone={() => setChanging(false)} />
        </Suspense>
      </li>
    )
  }
  return (
    <li>
      <p>
        <b>{post.title || beginningOf(post.body)}</b>
        <Chip look={post.refused ? 'danger' : 'line'} icon={IconCalendarTime}>
          {post.refused ? t('refused') : <Moment at={post.publish_at} />}
        </Chip>
      </p>
      <Acts post={post} onChange={() => setChanging(true)} />
    </li>
  )
}

function Acts({ post, onChange }: { post: ScheduledPost; onChange: () => void }) {
  const t = useText(texts)
  const [asking, setAsking] = useState(false)
  const publish = usePublishScheduled(post.id)
  const cancel = useCancelScheduled(post.id)
  const once = useOnce()
  return (
    <>
      <FormError>{publish.error && messageOf(publish.error)}</FormError>
      <p className={styles.buttons}>
        <Button look="secondary" size="small" onClick={onChange}>
          {t('change')}
        </Button>
        <Button
          look="quiet"
          size="small"
          busy={publish.isPending}
          onClick={() => publish.mutate(once({ id: post.id, version: post.version }))}
        >
          {t('publishNow')}
        </Button>
        <Button look="quiet" size="small" onClick={() => setAsking(true)}>
          {t('cancelScheduled')}
        </Button>
      </p>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('cancelTitle')}
        confirm={t('cancelScheduled')}
        danger
        onConfirm={() => cancel.mutateAsync()}
      >
        {t('cancelText')}
      </ConfirmDialog>
    </>
  )
}
