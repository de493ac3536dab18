import { ButtonLink } from '@/components/buttons/ButtonLink'
import { PageTitle } from '@/components/PageTitle'
import { AddressConfirmation } from '@/features/settings/account/AddressConfirmation'
import { useText } from '@/lib/i18n'
import { paths } from '../../paths'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <>
      <PageTitle>{t('confirmAddress')}</PageTitle>
      <AddressConfirmation
        toAccount={(words) => (
          <ButtonLink to={paths.settingsAccount} size="small">
            {words}
          </ButtonLink>
        )}
      />
    </>
  )
}
