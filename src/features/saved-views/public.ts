export { visibleViews } from './visible-views.ts'
