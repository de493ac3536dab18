import { Checkbox } from '@/components/forms/Checkbox'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { COMMAND } from '@/lib/keys'
import { useLanguage } from '@/lib/language'
import type { Place } from '../navigation'
import { texts } from '../texts'
import styles from './shortcuts.module.css'
import { KEYS, shortcutTexts } from './shortcuts.texts'
import { shortcuts, WAYS } from './useShortcuts'

interface ShortcutListProps {
  open: boolean
  onClose: () => void
  places: readonly Place[]
}

/** Every key that does something, and the choice to do without those that act by themselves. */
export function ShortcutList({ open, onClose, places }: ShortcutListProps) {
  const t = useText(shortcutTexts)
  const tp = useText(texts)
  const names = KEYS[useLanguage()]
  const on = shortcuts.use() === 'on'
  const ways = Object.entries(WAYS).filter(([, label]) => places.some((place) => place.label === label))
  return (
    <Dialog open={open} onClose={onClose} title={t('shortcuts')} width={560}>
      <div className={styles.body}>
        <Part title={t('everywhere')}>
          <Line keys={[COMMAND, 'K']} does={t('search')} />
          <Line keys={['/']} does={t('search')} />
          <Line keys={['?']} does={t('list')} />
          {ways.map(([key, label]) => (
            <Line key={key} keys={['G', key.toUpperCase()]} then={t('andThen')} does={tp(label)} />
          ))}
          <Line keys={[names.escape]} does={t('close')} />
        </Part>
        <Part title={tp('messages')}>
          <Line keys={[names.enter]} does={t('send')} />
          <Line keys={[names.shift, names.enter]} does={t('newLine')} />
          <Line keys={['↑']} does={t('editLast')} />
          <Line keys={[names.alt, '↑']} does={t('previous')} />
          <Line keys={[names.alt, '↓']} does={t('next')} />
          <Line keys={['R']} does={t('thread')} />
          <Line keys={['E']} does={t('edit')} />
        </Part>
        <Checkbox
          label={t('singleKeys')}
          hint={t('singleKeysHint')}
          checked={on}
          onChange={({ target }) => shortcuts.set(target.checked ? 'on' : 'off')}
        />
      </div>
    </Dialog>
  )
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className={styles.list}>{children}</dl>
    </section>
  )
}

/** `then`: the word between keys that follow each other; those that are held together have a « + ». */
function Line({ keys, then, does }: { keys: readonly string[]; then?: string; does: string }) {
  return (
    <div>
      <dt>
        {keys.map((key, index) => (
          <span key={key}>
            {index > 0 && <span> {then ?? '+'} </span>}
            <kbd>{key}</kbd>
          </span>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  )
}
