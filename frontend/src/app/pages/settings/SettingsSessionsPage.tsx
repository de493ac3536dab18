import { PageTitle } from '@/components/PageTitle'
import { Slabs } from '@/components/Slab'
import { Sessions } from '@/features/settings/sessions/Sessions'
import { Tokens } from '@/features/settings/sessions/Tokens'
import { useText } from '@/lib/i18n'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <>
      <PageTitle>{t('sessions')}</PageTitle>
      <Slabs>
        <Sessions />
        <Tokens />
      </Slabs>
    </>
  )
}
