import { Button } from '@/components/buttons/Button'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import styles from './admin.module.css'
import { texts } from './i18n'

interface SaveBarProps {
  busy: boolean
  saved: boolean
  /** Somebody saved first: saving would write over it, so the other way out is offered too. */
  conflict: boolean
  onTakeTheirs: () => void
}

export function SaveBar({ busy, saved, conflict, onTakeTheirs }: SaveBarProps) {
  const t = useText(texts)
  return (
    <div className={styles.end}>
      <Button type="submit" busy={busy}>
        {conflict ? t('saveAnyway') : t('save')}
      </Button>
      {conflict && (
        <Button look="secondary" onClick={onTakeTheirs}>
          {t('takeTheirs')}
        </Button>
      )}
      <Result>{saved && t('saved')}</Result>
    </div>
  )
}
