import { IconBuilding, IconChevronDown, IconLock, IconSocial, IconUserCheck, IconUsersGroup } from '@tabler/icons-react'
import { Icon, type IconType } from '@/components/Icon'
import { type Level, levels } from '@/entities/person/audiences'
import { useText } from '@/lib/i18n'
import styles from './edit.module.css'
import { texts } from './i18n'

export const levelIcons: Record<Level, IconType> = {
  organisation: IconBuilding,
  publics: IconUsersGroup,
  communities: IconSocial,
  contacts: IconUserCheck,
  me: IconLock,
}

interface LevelSelectProps {
  /** What is shown or hidden, in words. */
  field: string
  value: Level
  onChange: (level: Level) => void
}

/** To whom one field is shown, beside it. */
export function LevelSelect({ field, value, onChange }: LevelSelectProps) {
  const t = useText(texts)
  const choose = (chosen: string) => {
    const level = levels.find((one) => one === chosen)
    if (level) onChange(level)
  }
  return (
    <span className={styles.level}>
      <Icon as={levelIcons[value]} size={17} />
      <select aria-label={t('whoSees', { field })} value={value} onChange={(event) => choose(event.target.value)}>
        {levels.map((level) => (
          <option key={level} value={level}>
            {t(level)}
          </option>
        ))}
      </select>
      <Icon as={IconChevronDown} size={15} />
    </span>
  )
}
