<?php
header('Content-Type: text/plain');
echo 'hello from process ', getmypid(), "\n";
