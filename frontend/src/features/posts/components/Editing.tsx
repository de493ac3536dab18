import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { Attaching } from '@/entities/attachment/Attaching'
import { useAttachments } from '@/entities/attachment/useAttachments'
import { toMarkdown, toWriting } from '@/entities/mention/mentions'
import { useText } from '@/lib/i18n'
import { EVENT_FIELDS, eventDraft, eventWriting } from '../event'
import { texts as ofEvents } from '../events.texts'
import { texts } from '../i18n'
import { useEditPost } from '../mutations'
import type { Post } from '../queries'
import { BodyField } from './BodyField'
import { EventFields } from './EventFields'
import styles from './posts.module.css'

const TITLED: ReadonlySet<Post['kind']> = new Set(['question', 'idea', 'event'])

/** The words of one's own post, again. Who edits an older version than the present one is told so, and keeps what he wrote. */
export function Editing({ post, onDone }: { post: Post; onDone: () => void }) {
  const t = useText(texts)
  const te = useText(ofEvents)
  const [title, setTitle] = useState(post.title)
  const [{ text, people }, setWritten] = useState(() => toWriting(post.body))
  const [event, setEvent] = useState(() => post.event && eventWriting(post.event))
  const attachments = useAttachments(post)
  const edit = useEditPost(post.id, post.version)
  const errors = formErrors(edit.error, ['title', 'body', ...EVENT_FIELDS])
  const titled = post.title !== '' || TITLED.has(post.kind)
  const open = event !== null && !post.event?.cancelled && !post.event?.over
  const changes = open ? { event: eventDraft(event) } : {}
  const save = () =>
    edit.mutate(
      { ...(titled && { title }), body: toMarkdown(text, people), ...changes, ...attachments.changes() },
      { onSuccess: onDone },
    )
  return (
    <Form error={errors.form} failure={edit.error} onSubmit={() => edit.isPending || !attachments.check() || save()}>
      {titled && (
        <TextField
          label={t('itsTitle')}
          value={title}
          maxLength={200}
          error={errors.fields.title}
          onChange={(event) => setTitle(event.target.value)}
        />
      )}
      <Attaching attachments={attachments} allowed={post.abilities.includes('attach')}>
        <BodyField
          communityId={post.places[0]?.community.id ?? null}
          text={text}
          people={people}
          language={post.language}
          error={errors.fields.body}
          onChange={(written, named) => setWritten({ text: written, people: named })}
        />
      </Attaching>
      {open && (
        <>
          <EventFields event={event} onChange={setEvent} errors={errors.fields} />
          <p className={styles.muted}>{te('moved')}</p>
        </>
      )}
      <p className={styles.muted}>{t('editHint')}</p>
      <p className={styles.buttons}>
        <Button type="submit" busy={edit.isPending}>
          {t('save')}
        </Button>
        <Button look="secondary" onClick={onDone}>
          {t('cancel')}
        </Button>
      </p>
    </Form>
  )
}
