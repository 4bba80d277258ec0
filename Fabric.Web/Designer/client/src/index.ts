export { create } from './graph';
export { design } from './design/canvas';
