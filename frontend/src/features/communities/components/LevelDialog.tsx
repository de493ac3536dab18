import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { FormError } from '@/components/forms/FormError'
import { Dialog } from '@/components/overlays/Dialog'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useChooseLevel } from '../mutations'
import { levelQuery } from '../queries'

interface LevelDialogProps {
  community: { id: string; name: string }
  open: boolean
  onClose: () => void
}

/** Of what one is told of this place; takes effect at once. */
export function LevelDialog({ community: { id, name }, open, onClose }: LevelDialogProps) {
  const t = useText(texts)
  const level = useQuery({ ...levelQuery(id), enabled: open })
  const choose = useChooseLevel(id)
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('levelTitle', { name })}
      footer={<Button onClick={onClose}>{t('levelDone')}</Button>}
    >
      <FormError>{choose.error && messageOf(choose.error)}</FormError>
      <Loaded query={level}>
        {({ level: now }) => (
          <ChoiceGroup
            legend={t('levelLegend')}
            options={[
              { value: 'all', label: t('levelAll'), hint: t('levelAllHint') },
              { value: 'mine', label: t('levelMine'), hint: t('levelMineHint') },
              { value: 'nothing', label: t('levelNothing'), hint: t('levelNothingHint') },
            ]}
            value={choose.isPending ? choose.variables : now}
            onChange={(chosen) => choose.mutate(chosen)}
          />
        )}
      </Loaded>
      <Result>{choose.isSuccess && t('levelSaved')}</Result>
    </Dialog>
  )
}
