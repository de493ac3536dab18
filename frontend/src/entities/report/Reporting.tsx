import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { Form } from '@/components/forms/Form'
import { TextArea } from '@/components/forms/TextArea'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import { type Reason, reasons, type Subject, useReport } from './report'
import styles from './report.module.css'
import { texts } from './texts'

/** The form of a report, and that it was told. */
export function Reporting({ onClose, ...subject }: Subject & { onClose: () => void }) {
  const t = useText(texts)
  const [reason, setReason] = useState<Reason | null>(null)
  const [lacks, setLacks] = useState(false)
  const report = useReport(subject)
  const errors = formErrors(report.error, ['words'])
  const send = (words: string) => {
    setLacks(reason === null)
    if (reason && !report.isPending) report.mutate({ reason, words })
  }
  return (
    <>
      <Result>{report.isSuccess && t('thanksTitle')}</Result>
      {report.isSuccess ? (
        <div className={styles.stack}>
          <p>{t('thanksText')}</p>
          <p className={styles.buttons}>
            <Button onClick={onClose}>{t('close')}</Button>
          </p>
        </div>
      ) : (
        <Form error={errors.form} failure={report.error} onSubmit={(values) => send(values('words').trim())}>
          <div className={styles.stack}>
            <p>{t(leadOf(subject))}</p>
            <ChoiceGroup
              legend={t('why')}
              error={lacks && reason === null ? t('chooseOne') : undefined}
              options={reasons.map((value) => ({ value, label: t(value) }))}
              value={reason}
              onChange={setReason}
            />
            <TextArea label={t('words')} name="words" rows={3} maxLength={1000} optional error={errors.fields.words} />
            <p className={styles.buttons}>
              <Button type="submit" busy={report.isPending}>
                {t('send')}
              </Button>
              <Button look="secondary" onClick={onClose}>
                {t('cancel')}
              </Button>
            </p>
          </div>
        </Form>
      )}
    </>
  )
}

function leadOf(subject: Subject) {
  if ('pageId' in subject) return subject.isPrivate ? 'leadOwnPage' : 'lead'
  return 'messageId' in subject && subject.isPrivate ? 'leadPrivate' : 'lead'
}
