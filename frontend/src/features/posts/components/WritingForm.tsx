import { useEffect, useEffectEvent } from 'react'
import { formErrors } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { SelectField } from '@/components/forms/SelectField'
import { TextField } from '@/components/forms/TextField'
import { Pills } from '@/components/Tabs'
import { Attaching } from '@/entities/attachment/Attaching'
import { useAttachments } from '@/entities/attachment/useAttachments'
import { useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { languages, useLanguage } from '@/lib/language'
import { texts } from '../composer.texts'
import { EVENT_FIELDS } from '../event'
import { usePublish, useSchedule } from '../mutations'
import type { ScheduledPost } from '../queries'
import { type Begun, draftOf, type Place, placedDraftOf, scheduledDraftOf, useWriting, type Writing } from '../writing'
import { BodyField } from './BodyField'
import styles from './composer.module.css'
import { EventFields } from './EventFields'
import { PlacesField } from './PlacesField'
import { PollFields } from './PollFields'
import { WhoIsTold } from './WhoIsTold'

const POLL_FIELDS = ['poll/options', 'poll/closes_at', 'poll'] as const
const KINDS = ['message', 'question', 'poll', 'idea', 'event'] as const
const TITLES = {
  message: 'title',
  poll: 'title',
  question: 'questionTitle',
  idea: 'ideaTitle',
  event: 'eventTitle',
} as const

interface WritingFormProps {
  place: Place
  mayUpload: boolean
  /** What is begun, where nothing was begun before. */
  begun?: Begun | undefined
  /** What is to be said later and is changed, in place of something new. */
  scheduled?: ScheduledPost
  onDone: () => void
}

/** What one wants to say, of what kind, where, and in which language. */
export function WritingForm({ place, mayUpload, begun, scheduled, onDone }: WritingFormProps) {
  const t = useText(texts)
  const { writing, set, forget } = useWriting(useMember().id, place.id, useLanguage(), scheduled, begun)
  const publishing = usePublish()
  const scheduling = useSchedule(scheduled)
  const once = useOnce()
  const attachments = useAttachments(scheduled)
  const takeShared = useEffectEvent(() => {
    if (begun?.body) set({}) // A draft from now on.
    if (begun?.files && begun.files.length > 0 && mayUpload) attachments.add(begun.files)
  })
  useEffect(() => takeShared(), [])
  const onSquare = place.square === true
  const later = !onSquare && (scheduled !== undefined || writing.publishAt !== '')
  const sending = later ? scheduling : publishing
  const errors = formErrors(sending.error, ['title', 'body', 'places', 'publish_at', ...POLL_FIELDS, ...EVENT_FIELDS])
  const onSuccess = () => {
    forget()
    onDone()
  }
  const send = () => {
    if (later) {
      const draft = { ...scheduledDraftOf(writing, place.id), ...attachments.draft() }
      scheduling.mutate({ draft, once: once(draft) }, { onSuccess })
    } else {
      const said = onSquare ? draftOf(writing) : placedDraftOf(writing, place.id)
      const draft = { ...said, ...attachments.draft() }
      publishing.mutate({ placeId: place.id, draft, writing, once: once(draft) }, { onSuccess })
    }
  }
  return (
    <Form
      error={errors.form}
      failure={sending.error}
      onSubmit={() => sending.isPending || !attachments.check() || send()}
    >
      <Pills
        label={t('kinds')}
        options={KINDS.map((value) => ({ value, label: t(value) }))}
        value={writing.kind}
        onChange={(kind) => set({ kind })}
      />
      <div className={styles.fields}>
        <Attaching attachments={attachments} allowed={mayUpload}>
          <Words communityId={onSquare ? null : place.id} writing={writing} set={set} errors={errors.fields} />
        </Attaching>
        {writing.kind === 'poll' && <PollFields writing={writing} set={set} errors={errors.fields} />}
        {writing.kind === 'event' && (
          <EventFields event={writing.event} onChange={(event) => set({ event })} errors={errors.fields} />
        )}
        {!onSquare && <PlacesField here={place} writing={writing} set={set} error={errors.fields.places} />}
        <SelectField
          label={t('language')}
          options={languages.map((value) => ({ value, label: t(value) }))}
          value={writing.language}
          onChange={(language) => set({ language })}
        />
        {!onSquare && (
          <TextField
            type="datetime-local"
            label={t('publishAt')}
            hint={t('publishAtHint')}
            optional={scheduled === undefined}
            value={writing.publishAt}
            error={errors.fields.publish_at}
            onChange={({ target }) => set({ publishAt: target.value })}
          />
        )}
      </div>
      {!scheduled && (
        <p className={styles.kept} role="status">
          {t('kept')}
        </p>
      )}
      {!onSquare && <WhoIsTold here={place} writing={writing} />}
      <p className={styles.buttons}>
        <Button type="submit" busy={sending.isPending}>
          {t(later ? 'schedule' : 'publish')}
        </Button>
        <Button look="secondary" onClick={onDone}>
          {t('close')}
        </Button>
        {!scheduled && (
          <Button look="quiet" onClick={forget}>
            {t('forget')}
          </Button>
        )}
      </p>
    </Form>
  )
}

interface WordsProps {
  /** None for the whole organisation. */
  communityId: string | null
  writing: Writing
  set: (more: Partial<Writing>) => void
  errors: Partial<Record<'title' | 'body', string>>
}

function Words({ communityId, writing, set, errors }: WordsProps) {
  const t = useText(texts)
  const { kind, title, body, people, language } = writing
  return (
    <>
      <TextField
        label={t(TITLES[kind])}
        value={title}
        maxLength={200}
        lang={language}
        optional={kind === 'message' || kind === 'poll'}
        error={errors.title}
        onChange={(event) => set({ title: event.target.value })}
      />
      <BodyField
        communityId={communityId}
        text={body}
        people={people}
        language={language}
        error={errors.body}
        onChange={(text, named) => set({ body: text, people: named })}
      />
    </>
  )
}
