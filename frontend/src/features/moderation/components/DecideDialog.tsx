import { useState } from 'react'
import { formErrors, isProblem } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { Form } from '@/components/forms/Form'
import { TextArea } from '@/components/forms/TextArea'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useDecide } from '../mutations'
import type { Case, DecisionDraft } from '../queries'
import styles from './moderation.module.css'

interface DecideDialogProps {
  of: Case
  open: boolean
  onClose: () => void
  onDecided: () => void
}

/** What becomes of what was said, of who said it, and why. */
export function DecideDialog({ of, open, onClose, onDecided }: DecideDialogProps) {
  const t = useText(texts)
  return (
    <Dialog open={open} onClose={onClose} title={t('decideTitle')} width={600}>
      <Deciding of={of} onClose={onClose} onDecided={onDecided} />
    </Dialog>
  )
}

const CONTENT = ['keep', 'hide', 'remove'] as const
const AUTHOR = ['none', 'warn', 'exclude'] as const

/** A message does not stand on a wall. */
const hintOf = ({ kind }: Case, value: (typeof CONTENT)[number]) =>
  kind === 'message' ? (value === 'keep' ? 'keepHint' : (`${value}MessageHint` as const)) : (`${value}Hint` as const)

function Deciding({ of, onClose, onDecided }: Omit<DecideDialogProps, 'open'>) {
  const t = useText(texts)
  const [onContent, setOnContent] = useState<DecisionDraft['on_content']>('keep')
  const [onAuthor, setOnAuthor] = useState<DecisionDraft['on_author']>('none')
  const [lacks, setLacks] = useState(false)
  const decide = useDecide(of, () => {
    onClose()
    onDecided()
  })
  const errors = formErrors(decide.error, ['reason'])
  // Nobody is put out of the square, nor out of what some say to each other.
  const authorOptions = of.community ? AUTHOR : AUTHOR.filter((value) => value !== 'exclude')
  const isLate = isProblem(decide.error, 'precondition_failed')
  const send = (reason: string) => {
    setLacks(reason === '')
    if (reason === '' || decide.isPending) return
    const draft = { on_content: onContent, on_author: onAuthor, reason }
    decide.mutate(draft)
  }
  return (
    <Form
      error={isLate ? t('elsewhere') : errors.form}
      failure={decide.error}
      onSubmit={(values) => send(values('reason').trim())}
    >
      <div className={styles.stack}>
        <ChoiceGroup
          legend={t('content')}
          options={CONTENT.map((value) => ({ value, label: t(value), hint: t(hintOf(of, value)) }))}
          value={onContent}
          onChange={setOnContent}
        />
        <ChoiceGroup
          legend={t('author')}
          options={authorOptions.map((value) => ({
            value,
            label: t(value),
            hint: value !== 'none' && t(`${value}Hint`),
          }))}
          value={onAuthor}
          onChange={setOnAuthor}
        />
        <TextArea
          label={t('reason')}
          name="reason"
          hint={t('reasonHint')}
          rows={3}
          maxLength={1000}
          error={lacks ? t('reasonNeeded') : errors.fields.reason}
        />
        <p className={styles.buttons}>
          <Button type="submit" busy={decide.isPending}>
            {t('save')}
          </Button>
          <Button look="secondary" onClick={onClose}>
            {t('cancel')}
          </Button>
        </p>
      </div>
    </Form>
  )
}
