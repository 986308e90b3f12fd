export { visibleProjects } from './visible-projects.ts'
export { countProjects } from './count-projects.ts'
