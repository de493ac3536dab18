import { ButtonLink } from '@/components/buttons/ButtonLink'
import { languageNames } from '@/components/LanguageSwitch'
import { PageTitle } from '@/components/PageTitle'
import { Slabs } from '@/components/Slab'
import { Addresses } from '@/features/settings/account/Addresses'
import { Identity } from '@/features/settings/account/Identity'
import { PresenceChoice } from '@/features/settings/account/PresenceChoice'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { paths } from '../../paths'
import styles from './settings.module.css'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  const language = useLanguage()
  return (
    <>
      <PageTitle>{t('account')}</PageTitle>
      <Slabs>
        <Identity>
          <div className={styles.row}>
            <p>
              <small>{t('interfaceLanguage')}</small>
              {languageNames[language]}
            </p>
            <ButtonLink to={paths.settingsLanguage} look="secondary" size="small">
              {t('changeLanguage')}
            </ButtonLink>
          </div>
        </Identity>
        <Addresses />
        <PresenceChoice />
      </Slabs>
    </>
  )
}
