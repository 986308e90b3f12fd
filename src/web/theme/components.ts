import {
  ActionIcon,
  Badge,
  Button,
  Checkbox,
  Input,
  InputWrapper,
  Menu,
  Modal,
  NumberInput,
  PasswordInput,
  Popover,
  Portal,
  Radio,
  Select,
  Tooltip,
} from '@mantine/core'
import type { MantineThemeComponents } from '@mantine/core'

const buttonHeight: Record<string, string> = { xs: '24px', sm: '28px', md: '32px', lg: '40px', xl: '48px' }
const buttonPadding: Record<string, string> = { xs: '8px', sm: '10px' }

const button = Button.extend({
  defaultProps: { size: 'md' },
  vars: (_theme, props) => {
    const size = String(props.size ?? 'md')
    return {
      root: {
        '--button-height': buttonHeight[size] ?? '32px',
        '--button-fz': size === 'lg' ? '14px' : '13px',
        '--button-padding-x': buttonPadding[size] ?? '12px',
      },
    }
  },
  styles: { label: { fontWeight: 500 } },
})

const floating = { shadow: 'lg', radius: 'md', offset: 4, transitionProps: { duration: 90 } } as const

/** Defaults of Mantine's components. Labels of close buttons come from `App`, which knows the language. */
export const components: MantineThemeComponents = {
  Button: button,
  ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
  Input: Input.extend({
    vars: () => ({ wrapper: { '--input-height': '32px', '--input-fz': '13px', '--input-padding': '10px' } }),
  } as Parameters<typeof Input.extend>[0]),
  InputWrapper: InputWrapper.extend({
    defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'], withAsterisk: false },
    styles: {
      label: { fontSize: 13, fontWeight: 500, marginBottom: 4 },
      description: { fontSize: 12, marginTop: 4 },
      error: { fontSize: 12, marginTop: 4 },
    },
  }),
  PasswordInput: PasswordInput.extend({ defaultProps: { withAsterisk: false } }),
  NumberInput: NumberInput.extend({ defaultProps: { withAsterisk: false } }),
  Checkbox: Checkbox.extend({ defaultProps: { size: 'xs', radius: 'xs' } }),
  Radio: Radio.extend({ defaultProps: { size: 'xs' } }),
  Select: Select.extend({ defaultProps: { checkIconPosition: 'right', allowDeselect: false } }),
  // The placeholder would take the focus first, so that screen readers hear nothing useful.
  Menu: Menu.extend({ defaultProps: { ...floating, withInitialFocusPlaceholder: false } }),
  Popover: Popover.extend({ defaultProps: floating }),
  Modal: Modal.extend({
    defaultProps: {
      radius: 'lg',
      shadow: 'xl',
      centered: true,
      overlayProps: { backgroundOpacity: 0.35, blur: 1 },
      transitionProps: { duration: 120 },
    },
  }),
  Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: true, arrowSize: 6, fz: 12 } }),
  // A labelled landmark of index.html: what floats must not lie outside every landmark (axe: region).
  Portal: Portal.extend({ defaultProps: { target: '#layers' } }),
  Badge: Badge.extend({
    defaultProps: { radius: 'xs', variant: 'light' },
    styles: { root: { textTransform: 'none', fontWeight: 500, letterSpacing: 0 } },
  }),
}
