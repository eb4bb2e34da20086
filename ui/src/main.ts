import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import Root from './App.svelte';
import { connect } from './lib/api';
import { App } from './lib/app.svelte';
import { PLAIN_LOOK, watchSystem, wear } from './lib/theme';

wear(PLAIN_LOOK);

const target = document.getElementById('app');
if (!target) throw new Error('the page has no #app');
const app = new App(await connect());
// Overnight, or after the CLI was used, the counts are others.
window.addEventListener('focus', () => app.screen === 'today' && void app.refresh());
watchSystem(() => wear(app.settings ?? PLAIN_LOOK));
mount(Root, { target, props: { app } });
void app.start();
