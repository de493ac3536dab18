import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Checkbox } from '@/components/forms/Checkbox'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { texts as common } from '../i18n'
import type { Item, Uploads, WhenTaken, WithPosition } from '../uploads'
import { texts } from '../uploads.texts'
import styles from './dialogs.module.css'

/** What has to be known before something goes on: one question at a time, or one answer for all of them. */
export function UploadQuestions({ items, uploads }: { items: readonly Item[]; uploads: Uploads }) {
  const located = items.filter(({ stage }) => stage === 'located')
  const taken = items.filter(({ stage }) => stage === 'taken')
  const [first] = located.length > 0 ? located : taken
  if (first === undefined) return null
  return first.stage === 'located' ? (
    <Located key={first.key} item={first} count={located.length} uploads={uploads} />
  ) : (
    <Taken key={first.key} item={first} count={taken.length} uploads={uploads} />
  )
}

interface QuestionProps {
  item: Item
  /** How many ask the same. */
  count: number
  uploads: Uploads
}

/** A picture says where it was taken: whoever sees it would know. */
function Located({ item, count, uploads }: QuestionProps) {
  const t = useText(texts)
  const [forAll, setForAll] = useState(count > 1)
  const say = (position: WithPosition) => uploads.answerPosition(item.key, position, forAll)
  return (
    <Dialog
      open
      onClose={() => say('skip')}
      title={t('locatedTitle')}
      width={520}
      footer={
        <>
          <Button look="secondary" onClick={() => say('skip')}>
            {t('notUpload')}
          </Button>
          <Button look="secondary" onClick={() => say('keep')}>
            {t('keepPosition')}
          </Button>
          <Button onClick={() => say('remove')} data-autofocus>
            {t('removePosition')}
          </Button>
        </>
      }
    >
      <p className={styles.question}>{t('locatedText', { name: item.name })}</p>
      {count > 1 && <ForAll count={count} on={forAll} onChange={setForAll} />}
    </Dialog>
  )
}

/** A document of that name is there. */
function Taken({ item, count, uploads }: QuestionProps) {
  const t = useText(texts)
  const tc = useText(common)
  const [forAll, setForAll] = useState(false)
  const say = (name: WhenTaken) => uploads.answerTaken(item.key, name, forAll)
  return (
    <Dialog
      open
      onClose={() => say('skip')}
      title={t('takenTitle', { name: item.name })}
      width={520}
      footer={
        <>
          <Button look="secondary" onClick={() => say('skip')}>
            {t('skip')}
          </Button>
          <Button look="secondary" onClick={() => say('rename')}>
            {t('keepBoth')}
          </Button>
          <Button onClick={() => say('version')} data-autofocus>
            {tc('newVersion')}
          </Button>
        </>
      }
    >
      <p className={styles.question}>{t('takenText')}</p>
      {count > 1 && <ForAll count={count} on={forAll} onChange={setForAll} />}
    </Dialog>
  )
}

function ForAll({ count, on, onChange }: { count: number; on: boolean; onChange: (on: boolean) => void }) {
  const t = useText(texts)
  return <Checkbox label={t('forAll', { count })} checked={on} onChange={(event) => onChange(event.target.checked)} />
}
