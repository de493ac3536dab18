import { Icon } from '@/components/Icon'
import { levels } from '@/entities/person/audiences'
import { useText } from '@/lib/i18n'
import styles from './edit.module.css'
import { texts } from './i18n'
import { levelIcons } from './LevelSelect'

/** What each level means, said once. */
export function LevelsLegend() {
  const t = useText(texts)
  const means = {
    organisation: t('organisationMeans'),
    publics: t('publicsMeans'),
    communities: t('communitiesMeans'),
    contacts: t('contactsMeans'),
    me: t('meMeans'),
  }
  return (
    <dl className={styles.legend}>
      {levels.map((level) => (
        <div key={level}>
          <Icon as={levelIcons[level]} size={17} />
          <dt>{t(level)}</dt>
          <dd>{means[level]}</dd>
        </div>
      ))}
    </dl>
  )
}
