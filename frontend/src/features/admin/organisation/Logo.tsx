import { messageOf } from '@/api/problem'
import { PictureForm } from '@/components/forms/PictureForm'
import { Logo as Mark } from '@/components/Logo'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import styles from './organisation.module.css'
import { usePutLogo, useRemoveLogo } from './queries'

/** The university's own mark, in place of Parvis's. */
export function Logo({ url }: { url: string | null }) {
  const t = useText(texts)
  const put = usePutLogo()
  const remove = useRemoveLogo()
  return (
    <Slab title={t('logo')}>
      <PictureForm
        has={url !== null}
        onPut={(picture, onProgress) => put.mutateAsync({ picture, onProgress })}
        onRemove={() => remove.mutateAsync()}
        messageOf={messageOf}
        words={{
          lead: t('logoLead'),
          choose: t('choose'),
          replace: t('replace'),
          put: t('put'),
          removed: t('removed'),
          removeTitle: t('removeTitle'),
          removeText: t('removeText'),
        }}
      >
        <span className={styles.preview} role="img" aria-label={t('preview')}>
          <Mark size={72} source={url} />
        </span>
      </PictureForm>
    </Slab>
  )
}
