export { createProject } from './create-project.ts'
export { visibleProjects } from './visible-projects.ts'
export { countProjects } from './count-projects.ts'
