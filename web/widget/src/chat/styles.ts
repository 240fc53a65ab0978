import cards from './styles/cards.css?inline';
import foot from './styles/foot.css?inline';
import form from './styles/form.css?inline';
import home from './styles/home.css?inline';
import launcherNews from './styles/launcher-news.css?inline';
import motion from './styles/motion.css?inline';
import panel from './styles/panel.css?inline';
import parts from './styles/parts.css?inline';
import thread from './styles/thread.css?inline';

/** All of the chat's styles; later ones win. */
export const styles = panel + parts + home + form + cards + thread + foot + launcherNews + motion;
