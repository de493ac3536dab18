import { IconEyeOff } from '@tabler/icons-react'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import styles from './report.module.css'
import { texts } from './texts'

/** Over something that moderators hid, for the few who see it still. */
export function HiddenNote() {
  const t = useText(texts)
  return (
    <p className={styles.hidden}>
      <Icon as={IconEyeOff} size={17} />
      <span>{t('hiddenNote')}</span>
    </p>
  )
}
