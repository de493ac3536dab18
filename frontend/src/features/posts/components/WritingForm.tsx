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
import { usePublish } from '../mutations'
import { type Place, placedDraftOf, useWriting, type Writing } from '../writing'
import { BodyField } from './BodyField'
import styles from './composer.module.css'
import { PlacesField } from './PlacesField'
import { PollFields } from './PollFields'

const POLL_FIELDS = ['poll/options', 'poll/closes_at', 'poll'] as const
const KINDS = ['message', 'question', 'poll', 'idea'] as const
const TITLES = { message: 'title', poll: 'title', question: 'questionTitle', idea: 'ideaTitle' } as const

interface WritingFormProps {
  place: Place
  mayUpload: boolean
  onDone: () => void
}

/** What one wants to say, of what kind, where, and in which language. */
export function WritingForm({ place, mayUpload, onDone }: WritingFormProps) {
  const t = useText(texts)
  const { writing, set, forget } = useWriting(useMember().id, place.id, useLanguage())
  const publishing = usePublish()
  const once = useOnce()
  const attachments = useAttachments()
  const errors = formErrors(publishing.error, ['title', 'body', 'places', ...POLL_FIELDS])
  const publish = () => {
    const draft = { ...placedDraftOf(writing, place.id), ...attachments.draft() }
    const onSuccess = () => {
      forget()
      onDone()
    }
    publishing.mutate({ draft, once: once(draft) }, { onSuccess })
  }
  return (
    <Form
      error={errors.form}
      failure={publishing.error}
      onSubmit={() => publishing.isPending || !attachments.check() || publish()}
    >
      <Pills
        label={t('kinds')}
        options={KINDS.map((value) => ({ value, label: t(value) }))}
        value={writing.kind}
        onChange={(kind) => set({ kind })}
      />
      <div className={styles.fields}>
        <Attaching attachments={attachments} allowed={mayUpload}>
          <Words communityId={place.id} writing={writing} set={set} errors={errors.fields} />
        </Attaching>
        {writing.kind === 'poll' && <PollFields writing={writing} set={set} errors={errors.fields} />}
        <PlacesField here={place} writing={writing} set={set} error={errors.fields.places} />
        <SelectField
          label={t('language')}
          options={languages.map((value) => ({ value, label: t(value) }))}
          value={writing.language}
          onChange={(language) => set({ language })}
        />
      </div>
      <p className={styles.kept} role="status">
        {t('kept')}
      </p>
      <p className={styles.buttons}>
        <Button type="submit" busy={publishing.isPending}>
          {t('publish')}
        </Button>
        <Button look="secondary" onClick={onDone}>
          {t('close')}
        </Button>
        <Button look="quiet" onClick={forget}>
          {t('forget')}
        </Button>
      </p>
    </Form>
  )
}

interface WordsProps {
  communityId: string
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
