import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextArea } from '@/components/forms/TextArea'
import { TextField } from '@/components/forms/TextField'
import { Pills } from '@/components/Tabs'
import { Attaching } from '@/entities/attachment/Attaching'
import { useAttachments } from '@/entities/attachment/useAttachments'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { usePublish } from '../mutations'

const fields = ['title', 'body'] as const
type Kind = 'message' | 'question'

interface ComposerProps {
  communityId: string
  mayUpload: boolean
}

/** A message or a question to a community, opened by the one button that says so. */
export function Composer({ communityId, mayUpload }: ComposerProps) {
  const t = useText(texts)
  const [open, setOpen] = useState(false)
  if (open) return <Writing communityId={communityId} mayUpload={mayUpload} onDone={() => setOpen(false)} />
  return (
    <Button look="soft" wide onClick={() => setOpen(true)}>
      {t('write')}
    </Button>
  )
}

function Writing({ communityId, mayUpload, onDone }: ComposerProps & { onDone: () => void }) {
  const t = useText(texts)
  const language = useLanguage()
  const [kind, setKind] = useState<Kind>('message')
  const [title, setTitle] = useState('')
  const [body, setBody] = useState('')
  const publishing = usePublish(communityId)
  const once = useOnce()
  const attachments = useAttachments()
  const errors = formErrors(publishing.error, fields)
  const publish = () => {
    const draft = { kind, body, title: kind === 'question' ? title : '', language, ...attachments.draft() }
    publishing.mutate({ draft, once: once(draft) }, { onSuccess: onDone })
  }
  return (
    <Form
      error={errors.form}
      failure={publishing.error}
      onSubmit={() => publishing.isPending || !attachments.check() || publish()}
    >
      <Pills<Kind>
        label={t('kinds')}
        options={[
          { value: 'message', label: t('message') },
          { value: 'question', label: t('question') },
        ]}
        value={kind}
        onChange={setKind}
      />
      {kind === 'question' && (
        <TextField
          label={t('title')}
          value={title}
          maxLength={200}
          error={errors.fields.title}
          onChange={(event) => setTitle(event.target.value)}
        />
      )}
      <Attaching attachments={attachments} allowed={mayUpload}>
        <TextArea
          label={t('body')}
          hint={t('bodyHint')}
          value={body}
          rows={4}
          maxLength={20000}
          error={errors.fields.body}
          onChange={(event) => setBody(event.target.value)}
        />
      </Attaching>
      <Button type="submit" busy={publishing.isPending}>
        {t('publish')}
      </Button>
    </Form>
  )
}
