function drawActors() {}
function drawTimeline() {}
