<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP">
<context>
    <name>CheckpointTable</name>
    <message>
        <source>Checkpoints</source>
        <translation>チェックポイント</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>%1 above the floor of the data (%2), below which no model can get</source>
        <translation>データの下限 (%2) より %1 上です。これより下になるモデルはありません</translation>
    </message>
    <message>
        <source>%1 has %2 values that are not a number or infinite</source>
        <translation>%1 には数でない値または無限大が %2 個あります</translation>
    </message>
    <message>
        <source>%1 is compared with a number, such as 3.2 or 10M</source>
        <translation>%1 は 3.2 や 10M のような数と比べます</translation>
    </message>
    <message>
        <source>%1 is no name of a condition</source>
        <translation>%1 という条件名はありません</translation>
    </message>
    <message>
        <source>%1 is no name of a condition; did you mean %2?</source>
        <translation>%1 という条件名はありません。%2 のことですか?</translation>
    </message>
    <message>
        <source>%1 is not drawn: %2</source>
        <translation>%1 は描かれていません: %2</translation>
    </message>
    <message>
        <source>%1 steps had a loss that is not a number or infinite</source>
        <translation>%1 ステップで損失が数でないか無限大でした</translation>
    </message>
    <message>
        <source>A larger budget is likely to pay</source>
        <translation>学習量を増やすと良くなりそうです</translation>
    </message>
    <message>
        <source>A larger model or budget may still lower both</source>
        <translation>より大きなモデルや学習量で、両方ともまだ下がるかもしれません</translation>
    </message>
    <message>
        <source>As recorded</source>
        <translation>記録のまま</translation>
    </message>
    <message>
        <source>Better by %1, more than the noise between seeds (95 %: ± %2)</source>
        <translation>%1 良く、シード間のばらつきより大きい差です (95 %: ± %2)</translation>
    </message>
    <message>
        <source>Bits per byte</source>
        <translation>バイトあたりビット数</translation>
    </message>
    <message>
        <source>Converged: the last fifth of the steps changed the training loss by less than 0.2 %</source>
        <translation>収束: 最後の 5 分の 1 のステップで訓練損失の変化は 0.2 % 未満でした</translation>
    </message>
    <message>
        <source>Different devices: %1</source>
        <translation>デバイスが違います: %1</translation>
    </message>
    <message>
        <source>Different numbers of threads: %1</source>
        <translation>スレッド数が違います: %1</translation>
    </message>
    <message>
        <source>Different precision: %1</source>
        <translation>精度が違います: %1</translation>
    </message>
    <message>
        <source>Different seeds: %1</source>
        <translation>シードが違います: %1</translation>
    </message>
    <message>
        <source>Different tokenizers: a loss per token does not compare; look at bits per byte</source>
        <translation>トークナイザが違います: トークンあたりの損失は比べられません。バイトあたりビット数を見てください</translation>
    </message>
    <message>
        <source>Different versions of Groundwork: %1</source>
        <translation>Groundwork のバージョンが違います: %1</translation>
    </message>
    <message>
        <source>Different versions of LibTorch: %1</source>
        <translation>LibTorch のバージョンが違います: %1</translation>
    </message>
    <message>
        <source>Differs by %1; how much of it is noise is unknown: repeat a run with other seeds</source>
        <translation>%1 の差があります。どこまでがばらつきかは不明です。別のシードで繰り返してください</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>エポック</translation>
    </message>
    <message>
        <source>FLOPs</source>
        <translation>FLOPs</translation>
    </message>
    <message>
        <source>Levelling off: the last fifth of the steps brought %1 (%2 %)</source>
        <translation>頭打ち: 最後の 5 分の 1 のステップでの改善は %1 (%2 %) でした</translation>
    </message>
    <message>
        <source>Lower the learning rate or its end</source>
        <translation>学習率またはその終値を下げてください</translation>
    </message>
    <message>
        <source>Lower the learning rate, lengthen the warm-up, or clip the gradient</source>
        <translation>学習率を下げるか、ウォームアップを長くするか、勾配をクリップしてください</translation>
    </message>
    <message>
        <source>Lower the learning rate, or look at the data</source>
        <translation>学習率を下げるか、データを確認してください</translation>
    </message>
    <message>
        <source>More data or dropout narrow the gap</source>
        <translation>データを増やすかドロップアウトを使うと差が縮まります</translation>
    </message>
    <message>
        <source>No overfitting: validation and training loss are within 2 % of each other</source>
        <translation>過学習なし: 検証損失と訓練損失の差は 2 % 以内です</translation>
    </message>
    <message>
        <source>Overfitting: the validation loss was best (%1) at step %2 and has risen to %3 since</source>
        <translation>過学習: 検証損失はステップ %2 で最良 (%1) となり、その後 %3 まで上がりました</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>パープレキシティ</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>Steps since the fork</source>
        <translation>フォークからのステップ</translation>
    </message>
    <message>
        <source>Still learning: the last fifth of the steps brought the training loss down by %1 (%2 %)</source>
        <translation>学習中: 最後の 5 分の 1 のステップで訓練損失が %1 (%2 %) 下がりました</translation>
    </message>
    <message>
        <source>Take the best checkpoint; more data, dropout, weight decay or early stopping help</source>
        <translation>最良のチェックポイントを使ってください。データの追加、ドロップアウト、重み減衰、早期終了が役立ちます</translation>
    </message>
    <message>
        <source>The data has changed between these runs, though their settings for it are the same</source>
        <translation>設定は同じですが、これらの実行の間でデータが変わっています</translation>
    </message>
    <message>
        <source>The difference of %1 is inside the noise between seeds (95 %: ± %2)</source>
        <translation>%1 の差はシード間のばらつきの範囲内です (95 %: ± %2)</translation>
    </message>
    <message>
        <source>The run %1 is no longer in the history</source>
        <translation>実行 %1 はもう履歴にありません</translation>
    </message>
    <message>
        <source>The tokenizer has changed between these runs, though its settings are the same</source>
        <translation>設定は同じですが、これらの実行の間でトークナイザが変わっています</translation>
    </message>
    <message>
        <source>The training loss is not below where it began (%1)</source>
        <translation>訓練損失が初めの値より下がっていません (%1)</translation>
    </message>
    <message>
        <source>The training loss rose by %1 (%2 %) in the last fifth of the steps</source>
        <translation>最後の 5 分の 1 のステップで訓練損失が %1 (%2 %) 上がりました</translation>
    </message>
    <message>
        <source>The validation loss lies %1 above the training loss, a usual gap</source>
        <translation>検証損失は訓練損失より %1 高く、ふつうの差です</translation>
    </message>
    <message>
        <source>There is no value behind %1</source>
        <translation>%1 の後に値がありません</translation>
    </message>
    <message>
        <source>These curves have no x in common, so their values cannot be set side by side</source>
        <translation>これらの曲線には共通の x がないため、値を並べて比べられません</translation>
    </message>
    <message>
        <source>These runs were scored on different data: compare their curves with care</source>
        <translation>これらの実行は別のデータで評価されています。曲線の比較には注意してください</translation>
    </message>
    <message>
        <source>This quotation mark is never closed</source>
        <translation>この引用符は閉じられていません</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>トークン</translation>
    </message>
    <message>
        <source>Too few steps to judge the run</source>
        <translation>判断するにはステップが足りません</translation>
    </message>
    <message>
        <source>Training time</source>
        <translation>学習時間</translation>
    </message>
    <message>
        <source>Wall time</source>
        <translation>経過時間</translation>
    </message>
    <message>
        <source>Worse by %1, more than the noise between seeds (95 %: ± %2)</source>
        <translation>%1 悪く、シード間のばらつきより大きい差です (95 %: ± %2)</translation>
    </message>
    <message>
        <source>beginning of its id</source>
        <translation>ID の先頭</translation>
    </message>
    <message>
        <source>best validation loss</source>
        <translation>最良の検証損失</translation>
    </message>
    <message>
        <source>bits per byte of the validation part</source>
        <translation>検証部分のバイトあたりビット数</translation>
    </message>
    <message>
        <source>day or time, such as 2026-01-31</source>
        <translation>日付または時刻 (例: 2026-01-31)</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>エポック</translation>
    </message>
    <message>
        <source>finished, running, stopped, failed, interrupted, queued</source>
        <translation>finished、running、stopped、failed、interrupted、queued</translation>
    </message>
    <message>
        <source>floating-point operations</source>
        <translation>浮動小数点演算</translation>
    </message>
    <message>
        <source>it never recorded %1</source>
        <translation>%1 が記録されていません</translation>
    </message>
    <message>
        <source>its loss is no code length of the text</source>
        <translation>その損失は文章の符号長ではありません</translation>
    </message>
    <message>
        <source>its tokens per byte are not known</source>
        <translation>バイトあたりトークン数が不明です</translation>
    </message>
    <message>
        <source>its tokens per step are not known</source>
        <translation>ステップあたりトークン数が不明です</translation>
    </message>
    <message>
        <source>kind of the backbone</source>
        <translation>バックボーンの種類</translation>
    </message>
    <message>
        <source>kind of the dataset, or a path in it</source>
        <translation>データセットの種類、またはその中のパス</translation>
    </message>
    <message>
        <source>kind of the objective</source>
        <translation>目的の種類</translation>
    </message>
    <message>
        <source>kind of the optimizer</source>
        <translation>オプティマイザの種類</translation>
    </message>
    <message>
        <source>kind of the tokenizer</source>
        <translation>トークナイザの種類</translation>
    </message>
    <message>
        <source>last training loss</source>
        <translation>最後の訓練損失</translation>
    </message>
    <message>
        <source>last validation loss</source>
        <translation>最後の検証損失</translation>
    </message>
    <message>
        <source>name of the run</source>
        <translation>実行の名前</translation>
    </message>
    <message>
        <source>never reaches %1</source>
        <translation>%1 に届きません</translation>
    </message>
    <message>
        <source>none of its values of %1 is a number</source>
        <translation>%1 に数の値がひとつもありません</translation>
    </message>
    <message>
        <source>number of parameters, such as 10M</source>
        <translation>パラメータ数 (例: 10M)</translation>
    </message>
    <message>
        <source>one of its tags</source>
        <translation>タグのひとつ</translation>
    </message>
    <message>
        <source>perplexity of the validation part</source>
        <translation>検証部分のパープレキシティ</translation>
    </message>
    <message>
        <source>reaches %1 in %2 times the time</source>
        <translation>%2 倍の時間で %1 に届きます</translation>
    </message>
    <message>
        <source>reaches %1 with %2 times the FLOPs</source>
        <translation>%2 倍の FLOPs で %1 に届きます</translation>
    </message>
    <message>
        <source>reaches %1 with %2 times the epochs</source>
        <translation>%2 倍のエポックで %1 に届きます</translation>
    </message>
    <message>
        <source>reaches %1 with %2 times the steps</source>
        <translation>%2 倍のステップで %1 に届きます</translation>
    </message>
    <message>
        <source>reaches %1 with %2 times the tokens</source>
        <translation>%2 倍のトークンで %1 に届きます</translation>
    </message>
    <message>
        <source>reaches %1</source>
        <translation>%1 に届きます</translation>
    </message>
    <message>
        <source>seconds of training</source>
        <translation>学習の秒数</translation>
    </message>
    <message>
        <source>seconds since the start</source>
        <translation>開始からの秒数</translation>
    </message>
    <message>
        <source>steps done</source>
        <translation>済んだステップ数</translation>
    </message>
    <message>
        <source>steps since the fork</source>
        <translation>フォークからのステップ数</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>the size of its training data is not known</source>
        <translation>訓練データの大きさが不明です</translation>
    </message>
    <message>
        <source>tokens a second</source>
        <translation>毎秒トークン数</translation>
    </message>
    <message>
        <source>tokens trained on, such as 5M</source>
        <translation>学習したトークン数 (例: 5M)</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>トークン</translation>
    </message>
    <message>
        <source>training time, such as 90s, 10m or 2h</source>
        <translation>学習時間 (例: 90s、10m、2h)</translation>
    </message>
    <message>
        <source>where it was trained</source>
        <translation>学習した場所</translation>
    </message>
    <message>
        <source>words of its notes</source>
        <translation>メモの中の語</translation>
    </message>
    <message>
        <source>The dataset is not the one that this run was trained on: its content has changed since</source>
        <translation>データセットがこの実行の学習に使ったものと違います: 内容が変わっています</translation>
    </message>
    <message>
        <source>Put the old files back to see what the run was fed</source>
        <translation>元のファイルを戻すと、この実行に与えたものが見られます</translation>
    </message>
    <message>
        <source>Put the old files back, or start a new run on the new data</source>
        <translation>元のファイルを戻すか、新しいデータで新しい実行を始めてください</translation>
    </message>
    <message>
        <source>This run has no whole checkpoint whose weights could score the samples</source>
        <translation>この実行には、標本を評価する重みを持つ完全なチェックポイントがありません</translation>
    </message>
    <message>
        <source>Save one (S), or resume the run</source>
        <translation>保存する (S) か、実行を再開してください</translation>
    </message>
    <message>
        <source>This run has no checkpoint to resume from</source>
        <translation>この実行には再開できるチェックポイントがありません</translation>
    </message>
    <message>
        <source>Start it again as a new run</source>
        <translation>新しい実行としてもう一度始めてください</translation>
    </message>
    <message>
        <source>This run has finished: its budget is spent</source>
        <translation>この実行は終了しました: 学習量を使い切っています</translation>
    </message>
    <message>
        <source>This run is being trained right now (process %1)</source>
        <translation>この実行は学習中です (プロセス %1)</translation>
    </message>
    <message>
        <source>This run is being trained right now</source>
        <translation>この実行は学習中です</translation>
    </message>
    <message>
        <source>This run waits in the queue</source>
        <translation>この実行はキューにあります</translation>
    </message>
    <message>
        <source>Take it out of the queue first</source>
        <translation>先にキューから取り出してください</translation>
    </message>
    <message>
        <source>Stop it first</source>
        <translation>先に停止してください</translation>
    </message>
    <message>
        <source>Stop it there first</source>
        <translation>先にそちらで停止してください</translation>
    </message>
    <message>
        <source>This run does not wait in the queue any more</source>
        <translation>この実行はもうキューにありません</translation>
    </message>
    <message>
        <source>This run is not being trained: it is %1</source>
        <translation>この実行は学習中ではありません (%1)</translation>
    </message>
    <message>
        <source>This run has no step %1</source>
        <translation>この実行にステップ %1 はありません</translation>
    </message>
    <message>
        <source>It has made steps 1 to %1</source>
        <translation>済んだのはステップ 1 ～ %1 です</translation>
    </message>
    <message>
        <source>A run is being trained in this window already: %1</source>
        <translation>このウィンドウではすでに実行を学習中です: %1</translation>
    </message>
    <message>
        <source>Stop it first, or wait for its end</source>
        <translation>先に停止するか、終わるまで待ってください</translation>
    </message>
    <message>
        <source>There is no run &quot;%1&quot; in this workspace</source>
        <translation>このワークスペースに実行「%1」はありません</translation>
    </message>
    <message>
        <source>There is no run %1 in the history</source>
        <translation>履歴に実行 %1 はありません</translation>
    </message>
    <message>
        <source>There is no recipe &quot;%1&quot;</source>
        <translation>レシピ「%1」はありません</translation>
    </message>
    <message>
        <source>Did you mean &quot;%1&quot;?</source>
        <translation>「%1」のことですか?</translation>
    </message>
    <message>
        <source>There is nothing to compare: none of these runs is in the history</source>
        <translation>比べるものがありません: これらの実行はどれも履歴にありません</translation>
    </message>
    <message>
        <source>Choose two runs or more</source>
        <translation>2 つ以上の実行を選んでください</translation>
    </message>
    <message>
        <source>There is nothing to export</source>
        <translation>書き出すものがありません</translation>
    </message>
    <message>
        <source>Choose runs first</source>
        <translation>先に実行を選んでください</translation>
    </message>
    <message>
        <source>A file that ends in .%1 cannot be written</source>
        <translation>.%1 で終わるファイルは書けません</translation>
    </message>
    <message>
        <source>End it in svg, pdf, png, csv, md or html</source>
        <translation>svg、pdf、png、csv、md、html のどれかで終わらせてください</translation>
    </message>
    <message>
        <source>%1 cannot differ from the run that is forked</source>
        <translation>%1 はフォーク元の実行と変えられません</translation>
    </message>
    <message>
        <source>Change how it is trained (training, optimizer, schedule...), or start a new run</source>
        <translation>学習のしかた (training、optimizer、schedule など) を変えるか、新しい実行を始めてください</translation>
    </message>
    <message>
        <source>The disk of the workspace is full: %1 are free</source>
        <translation>ワークスペースのディスクがいっぱいです: 空き %1</translation>
    </message>
    <message>
        <source>The disk is full, so the run history cannot be written (%1)</source>
        <translation>ディスクがいっぱいで、実行の履歴を書けません (%1)</translation>
    </message>
    <message>
        <source>Free some disk space</source>
        <translation>ディスクの容量を空けてください</translation>
    </message>
    <message>
        <source>The run history cannot be written: the file or its folder is read-only (%1)</source>
        <translation>実行の履歴を書けません: ファイルまたはフォルダが読み取り専用です (%1)</translation>
    </message>
    <message>
        <source>The run history cannot be opened or made (%1)</source>
        <translation>実行の履歴を開くことも作ることもできません (%1)</translation>
    </message>
    <message>
        <source>The run history is damaged (%1)</source>
        <translation>実行の履歴が壊れています (%1)</translation>
    </message>
    <message>
        <source>The run history is locked by another program (%1)</source>
        <translation>実行の履歴を別のプログラムが使っています (%1)</translation>
    </message>
    <message>
        <source>Close the other program, or try again</source>
        <translation>そのプログラムを閉じるか、もう一度試してください</translation>
    </message>
    <message>
        <source>This file is not a database (%1)</source>
        <translation>このファイルはデータベースではありません (%1)</translation>
    </message>
    <message>
        <source>This SQLite database was made by another program</source>
        <translation>この SQLite データベースは別のプログラムのものです</translation>
    </message>
    <message>
        <source>This database was written by a newer version of Groundwork (schema %1; this program reads up to %2)</source>
        <translation>このデータベースは新しい Groundwork が書いたものです (スキーマ %1。このプログラムは %2 まで読めます)</translation>
    </message>
    <message>
        <source>Update this program, or choose another workspace folder</source>
        <translation>このプログラムを更新するか、別のワークスペースを選んでください</translation>
    </message>
    <message>
        <source>Choose another workspace folder, or move that file away</source>
        <translation>別のワークスペースを選ぶか、そのファイルを移してください</translation>
    </message>
    <message>
        <source>Ran out of memory</source>
        <translation>メモリが足りません</translation>
    </message>
    <message>
        <source>Ran out of memory: %1</source>
        <translation>メモリが足りません: %1</translation>
    </message>
    <message>
        <source>Lower training.micro_batch and raise training.accumulation by as much</source>
        <translation>training.micro_batch を下げ、その分 training.accumulation を上げてください</translation>
    </message>
    <message>
        <source>The loss became infinite or not a number at step %1</source>
        <translation>ステップ %1 で損失が無限大または数でない値になりました</translation>
    </message>
    <message>
        <source>The gradient became infinite or not a number at step %1</source>
        <translation>ステップ %1 で勾配が無限大または数でない値になりました</translation>
    </message>
    <message>
        <source>The loss has risen to %1, more than twice its first value, at step %2</source>
        <translation>ステップ %2 で損失が初めの値の 2 倍を超える %1 まで上がりました</translation>
    </message>
    <message>
        <source>Lower optimizer.lr (it was %1 at that step), lengthen schedule.warmup, or set training.clip; checkpoints from before are whole</source>
        <translation>optimizer.lr (そのステップで %1) を下げるか、schedule.warmup を長くするか、training.clip を設定してください。以前のチェックポイントは無事です</translation>
    </message>
    <message>
        <source>The training text has %1 tokens, fewer than one window of %2</source>
        <translation>訓練の文章は %1 トークンで、1 つの窓の %2 より少ないです</translation>
    </message>
    <message>
        <source>Add text, keep less for validation, or lower backbone.context</source>
        <translation>文章を足すか、検証用を減らすか、backbone.context を下げてください</translation>
    </message>
    <message>
        <source>The program ended before this run did</source>
        <translation>この実行の途中でプログラムが終了しました</translation>
    </message>
    <message>
        <source>There is no text in %1</source>
        <translation>%1 に文章がありません</translation>
    </message>
    <message>
        <source>No file matches %1</source>
        <translation>%1 に合うファイルがありません</translation>
    </message>
    <message>
        <source>This is a binary file, not text: it has a zero byte</source>
        <translation>これは文章ではなくバイナリファイルです (ゼロバイトがあります)</translation>
    </message>
    <message>
        <source>This file is UTF-16, but UTF-8 is needed</source>
        <translation>このファイルは UTF-16 です。UTF-8 が必要です</translation>
    </message>
    <message>
        <source>Cannot read %1: %2</source>
        <translation>%1 を読めません: %2</translation>
    </message>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>%1 を書けません: %2</translation>
    </message>
    <message>
        <source>Cannot open %1: %2</source>
        <translation>%1 を開けません: %2</translation>
    </message>
    <message>
        <source>Check the path; nothing lies there</source>
        <translation>パスを確認してください。そこには何もありません</translation>
    </message>
    <message>
        <source>Change the permissions, or choose a place that you may use</source>
        <translation>権限を変えるか、使える場所を選んでください</translation>
    </message>
    <message>
        <source>The disk or your quota is full; free some space or choose another place</source>
        <translation>ディスクまたは割り当てがいっぱいです。容量を空けるか、別の場所を選んでください</translation>
    </message>
    <message>
        <source>The rate scale must lie between 0 and 1,000</source>
        <translation>学習率の倍率は 0 ～ 1,000 にしてください</translation>
    </message>
    <message>
        <source>The clip must be 0 (none) or more</source>
        <translation>クリップは 0 (なし) 以上にしてください</translation>
    </message>
    <message>
        <source>A number of steps must be 0 (never) or more</source>
        <translation>ステップ数は 0 (しない) 以上にしてください</translation>
    </message>
    <message>
        <source>expects a %1, but has %2</source>
        <translation>%1を入力してください (今は %2)</translation>
    </message>
    <message>
        <source>expects one of %1, but has %2</source>
        <translation>%1 のどれかを入力してください (今は %2)</translation>
    </message>
    <message>
        <source>must be %1, but is %2</source>
        <translation>%1 にしてください (今は %2)</translation>
    </message>
    <message>
        <source>must be a whole number of %1</source>
        <translation>%1 は整数にしてください</translation>
    </message>
    <message>
        <source>must be 300 or more with byte_fallback, which takes 256 of the pieces</source>
        <translation>byte_fallback は断片を 256 個使うため、300 以上にしてください</translation>
    </message>
    <message>
        <source>needs at least one file, folder or pattern</source>
        <translation>ファイル、フォルダ、パターンのどれかが必要です</translation>
    </message>
    <message>
        <source>needs at least one pattern, such as *valid*</source>
        <translation>*valid* のようなパターンが 1 つ以上必要です</translation>
    </message>
    <message>
        <source>has an empty entry</source>
        <translation>空の項目があります</translation>
    </message>
    <message>
        <source>must name the field that holds the text</source>
        <translation>文章を持つフィールドの名前が必要です</translation>
    </message>
    <message>
        <source>leaves nothing to train on: validation and test together must stay below 1</source>
        <translation>訓練するものが残りません: 検証とテストの合計を 1 未満にしてください</translation>
    </message>
    <message>
        <source>%1 heads do not divide the width %2</source>
        <translation>%1 個のヘッドでは幅 %2 を割り切れません</translation>
    </message>
    <message>
        <source>%1 key-value heads do not divide the %2 heads</source>
        <translation>%1 個のキー・バリューヘッドではヘッド %2 個を割り切れません</translation>
    </message>
    <message>
        <source>needs a momentum above 0</source>
        <translation>0 より大きいモーメンタムが必要です</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>number</source>
        <translation>数</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文章</translation>
    </message>
    <message>
        <source>%1 of %2 validation texts also stand in the training part, %3, for example: %4</source>
        <translation>検証用テキスト %2 件のうち %1 件が学習用にもあります（%3）。例: %4</translation>
    </message>
    <message>
        <source>%1 of %2 test texts also stand in the training part, %3, for example: %4</source>
        <translation>テスト用テキスト %2 件のうち %1 件が学習用にもあります（%3）。例: %4</translation>
    </message>
    <message>
        <source>%1 of %2 test texts also stand in the validation part, %3, for example: %4</source>
        <translation>テスト用テキスト %2 件のうち %1 件が検証用にもあります（%3）。例: %4</translation>
    </message>
    <message>
        <source>word for word</source>
        <translation>一字一句同じ</translation>
    </message>
    <message>
        <source>but for case, white space or punctuation</source>
        <translation>大文字小文字・空白・句読点のほかは同じ</translation>
    </message>
    <message>
        <source>Checkpoint not saved: %1</source>
        <translation>チェックポイントを保存できませんでした: %1</translation>
    </message>
    <message>
        <source>The best weights could not be restored: %1</source>
        <translation>最良の重みに戻せませんでした: %1</translation>
    </message>
    <message>
        <source>Spike: the training loss jumped to %1 (median of the steps before: %2)</source>
        <translation>スパイク: 学習損失が %1 に跳ね上がりました（それまでの中央値 %2）</translation>
    </message>
    <message>
        <source>Overfitting: the validation loss has risen three times in a row, to %1, while the training loss fell</source>
        <translation>過学習: 学習損失が下がる間に、検証損失が 3 回続けて上がり %1 になりました</translation>
    </message>
    <message>
        <source>The loss runs away: it has stood around %1 for 40 steps at step %2, and was around %3 by step %4. %5; training.guard=stop ends a run here, off says nothing</source>
        <translation>損失が発散しています: ステップ %2 までの 40 ステップは約 %1、ステップ %4 では約 %3 でした。%5。training.guard=stop ならここで終了、off なら何も言いません</translation>
    </message>
    <message>
        <source>Lower optimizer.lr (it was %1 at that step), lengthen schedule.warmup, or set training.clip</source>
        <translation>optimizer.lr を下げる（このステップでは %1）、schedule.warmup を延ばす、または training.clip を設定してください</translation>
    </message>
    <message>
        <source>%1 of %2 training texts are longer than the %3 tokens of the context: what stands behind is not read</source>
        <translation>学習用テキスト %2 件のうち %1 件がコンテキストの %3 トークンより長く、その後ろは読まれません</translation>
    </message>
    <message>
        <source>The training part has no example of %1, which the held-out parts have</source>
        <translation>評価用の区分にある %1 の例が学習用にありません</translation>
    </message>
    <message>
        <source>The budget is spent: nothing is left to train at step %1</source>
        <translation>予算は使い切られています。ステップ %1 で学習する分が残っていません</translation>
    </message>
    <message>
        <source>Give it a larger one than training.budget=%1 (%2)</source>
        <translation>training.budget=%1 (%2) より大きくしてください</translation>
    </message>
    <message>
        <source>%1 (told %2 times, last at step %3)</source>
        <translation>%1（%2 回、最後はステップ %3）</translation>
    </message>
    <message>
        <source>Accuracy of always guessing the commonest class</source>
        <translation>いつも最も多いクラスと答えたときの正解率</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>正解率</translation>
    </message>
    <message>
        <source>Area under precision over recall, in steps</source>
        <translation>再現率に対する適合率の曲線の下の面積 (階段状)</translation>
    </message>
    <message>
        <source>At the moment</source>
        <translation>現在の値</translation>
    </message>
    <message>
        <source>Average precision</source>
        <translation>平均適合率</translation>
    </message>
    <message>
        <source>Balanced accuracy</source>
        <translation>均衡正解率</translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation>較正誤差</translation>
    </message>
    <message>
        <source>Chance that a row of the class scores above one that is not</source>
        <translation>そのクラスの行がそうでない行より高いスコアを得る確率</translation>
    </message>
    <message>
        <source>Code length of the text; does not depend on the tokenizer</source>
        <translation>文章の符号長。トークナイザによらない</translation>
    </message>
    <message>
        <source>Commonest class alone</source>
        <translation>最多クラスだけの場合</translation>
    </message>
    <message>
        <source>Differs by %1, more than the noise between seeds (95 %: ± %2)</source>
        <translation>%1 の差があり、シード間のばらつきより大きい差です (95 %: ± %2)</translation>
    </message>
    <message>
        <source>Energy in kWh</source>
        <translation>エネルギー (kWh)</translation>
    </message>
    <message>
        <source>Exponential of the loss a token</source>
        <translation>トークンあたり損失の指数</translation>
    </message>
    <message>
        <source>F1 (macro)</source>
        <translation>F1（マクロ）</translation>
    </message>
    <message>
        <source>F1 (macro, guessed classes too)</source>
        <translation>F1 (マクロ、推測されたクラスも含む)</translation>
    </message>
    <message>
        <source>F1 (micro)</source>
        <translation>F1（マイクロ）</translation>
    </message>
    <message>
        <source>F1 (weighted)</source>
        <translation>F1（加重）</translation>
    </message>
    <message>
        <source>GPU load</source>
        <translation>GPU の使用率</translation>
    </message>
    <message>
        <source>GPU power in watts</source>
        <translation>GPU の電力 (W)</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>勾配ノルム</translation>
    </message>
    <message>
        <source>Hamming loss</source>
        <translation>ハミング損失</translation>
    </message>
    <message>
        <source>Harmonic mean of precision and recall over all labels together</source>
        <translation>全ラベルをまとめた適合率と再現率の調和平均</translation>
    </message>
    <message>
        <source>How far confidence and accuracy lie apart, over ten bins</source>
        <translation>確信度と正解率のずれ (10 区間)</translation>
    </message>
    <message>
        <source>In use by the program; on a GPU the peak of its allocator</source>
        <translation>プログラムの使用量。GPU ではアロケータの最大値</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>Length of a layer&apos;s update over that of its weights</source>
        <translation>層の更新の長さと重みの長さの比</translation>
    </message>
    <message>
        <source>Length of the gradient before clipping</source>
        <translation>クリップ前の勾配の長さ</translation>
    </message>
    <message>
        <source>LogME</source>
        <translation>LogME</translation>
    </message>
    <message>
        <source>Logarithm of the evidence of a linear model of the features, a label</source>
        <translation>特徴の線形モデルの証拠の対数 (ラベルあたり)</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>MAE</source>
        <translation>MAE</translation>
    </message>
    <message>
        <source>MAPE</source>
        <translation>MAPE</translation>
    </message>
    <message>
        <source>Mean absolute error as a share of the label; labels of 0 are left out</source>
        <translation>ラベルに対する平均絶対誤差の割合。0 のラベルは除く</translation>
    </message>
    <message>
        <source>Mean absolute error, in the labels&apos; unit</source>
        <translation>平均絶対誤差 (ラベルの単位)</translation>
    </message>
    <message>
        <source>Mean loss of what is counted: tokens, texts or words</source>
        <translation>数えるもの (トークン、文章、単語) の平均損失</translation>
    </message>
    <message>
        <source>Mean over classes of the share of their rows that is found</source>
        <translation>各クラスで見つかった行の割合の平均</translation>
    </message>
    <message>
        <source>Mean over classes, each by its share of the rows</source>
        <translation>行の割合で重み付けしたクラスの平均</translation>
    </message>
    <message>
        <source>Mean over the true classes of the harmonic mean of precision and recall</source>
        <translation>実在するクラスにわたる適合率と再現率の調和平均の平均</translation>
    </message>
    <message>
        <source>Mean over the true classes of the share of guesses that are right</source>
        <translation>実在するクラスにわたる、推測のうち正しい割合の平均</translation>
    </message>
    <message>
        <source>Mean over the true classes of the share of their rows that is found</source>
        <translation>実在するクラスにわたる、見つかった行の割合の平均</translation>
    </message>
    <message>
        <source>Memory in bytes</source>
        <translation>メモリ (バイト)</translation>
    </message>
    <message>
        <source>Milliseconds an item</source>
        <translation>1件あたりのミリ秒</translation>
    </message>
    <message>
        <source>Nats per byte</source>
        <translation>バイトあたり nat</translation>
    </message>
    <message>
        <source>Of the step, with schedule and live changes</source>
        <translation>そのステップの値 (スケジュールと実行中の変更を含む)</translation>
    </message>
    <message>
        <source>Precision (macro)</source>
        <translation>適合率（マクロ）</translation>
    </message>
    <message>
        <source>Precision (macro, guessed classes too)</source>
        <translation>適合率 (マクロ、推測されたクラスも含む)</translation>
    </message>
    <message>
        <source>Precision (micro)</source>
        <translation>適合率（マイクロ）</translation>
    </message>
    <message>
        <source>Precision (weighted)</source>
        <translation>適合率（加重）</translation>
    </message>
    <message>
        <source>Processor power in watts</source>
        <translation>プロセッサの電力 (W)</translation>
    </message>
    <message>
        <source>RMSE</source>
        <translation>RMSE</translation>
    </message>
    <message>
        <source>ROC AUC</source>
        <translation>ROC AUC</translation>
    </message>
    <message>
        <source>Recall (macro)</source>
        <translation>再現率（マクロ）</translation>
    </message>
    <message>
        <source>Recall (macro, guessed classes too)</source>
        <translation>再現率 (マクロ、推測されたクラスも含む)</translation>
    </message>
    <message>
        <source>Recall (micro)</source>
        <translation>再現率（マイクロ）</translation>
    </message>
    <message>
        <source>Recall (weighted)</source>
        <translation>再現率（加重）</translation>
    </message>
    <message>
        <source>Root of the mean squared error, in the labels&apos; unit</source>
        <translation>平均二乗誤差の平方根 (ラベルの単位)</translation>
    </message>
    <message>
        <source>R²</source>
        <translation>R²</translation>
    </message>
    <message>
        <source>Share of (row, class) answers that are wrong</source>
        <translation>(行、クラス) の答えのうち誤りの割合</translation>
    </message>
    <message>
        <source>Share of all guessed labels that are right</source>
        <translation>推測した全ラベルのうち正しい割合</translation>
    </message>
    <message>
        <source>Share of all true labels that are found</source>
        <translation>実際の全ラベルのうち見つかった割合</translation>
    </message>
    <message>
        <source>Share of likeliest guesses that are right; of sets, of whole sets</source>
        <translation>最もありそうな推測が正しい割合。集合では集合全体が正しい割合</translation>
    </message>
    <message>
        <source>Share of the labels&apos; variance that is explained; 0 = their mean does as well</source>
        <translation>説明できたラベルの分散の割合。0 = 平均と同じ</translation>
    </message>
    <message>
        <source>The same in natural units</source>
        <translation>同じものを自然単位で</translation>
    </message>
    <message>
        <source>The same over classes that are true or guessed, as scikit-learn takes it</source>
        <translation>実在または推測されたクラスにわたる同じ値 (scikit-learn の定義)</translation>
    </message>
    <message>
        <source>Time of judging one item</source>
        <translation>1 件の判定にかかる時間</translation>
    </message>
    <message>
        <source>Tokens a second</source>
        <translation>毎秒トークン数</translation>
    </message>
    <message>
        <source>Trained on, over the last steps</source>
        <translation>直近のステップで学習した量</translation>
    </message>
    <message>
        <source>Training criterion</source>
        <translation>学習基準</translation>
    </message>
    <message>
        <source>Update ratio</source>
        <translation>更新比</translation>
    </message>
    <message>
        <source>Used by the machine&apos;s measured parts since the run began</source>
        <translation>実行開始から、測定できる部品が使った量</translation>
    </message>
    <message>
        <source>best value of what the run is judged by</source>
        <translation>実行の主指標の最良値</translation>
    </message>
    <message>
        <source>Slow: %1 a second, less than half of the usual %2</source>
        <translation>遅くなっています: 毎秒 %1 (通常の %2 の半分未満)</translation>
    </message>
    <message>
        <source>The data has no row %1</source>
        <translation>データに %1 番の行がありません</translation>
    </message>
    <message>
        <source>Block %1</source>
        <translation>ブロック %1</translation>
    </message>
    <message>
        <source>Cross entropy</source>
        <translation>交差エントロピー</translation>
    </message>
    <message>
        <source>Distance from the teacher</source>
        <translation>教師との隔たり</translation>
    </message>
    <message>
        <source>Divergence of what is said from what the teacher says, at the temperature of training</source>
        <translation>学習時の温度での、教師の出力からのダイバージェンス</translation>
    </message>
    <message>
        <source>Last norm</source>
        <translation>最後の正規化</translation>
    </message>
    <message>
        <source>Of the text alone, where training minimises more than that</source>
        <translation>テキストだけに対する値（学習がそれ以外も最小化する場合）</translation>
    </message>
    <message>
        <source>Table of positions</source>
        <translation>位置の表</translation>
    </message>
    <message>
        <source>Table of tokens</source>
        <translation>トークンの表</translation>
    </message>
    <message>
        <source>its images per step are not known</source>
        <translation>1ステップあたりの画像数が不明です</translation>
    </message>
    <message>
        <source>reaches %1 with %2 times the images</source>
        <translation>%2 倍の画像数で %1 に到達</translation>
    </message>
    <message>
        <source>reaches %1 with %2 times what is counted</source>
        <translation>%2 倍の数で %1 に到達</translation>
    </message>
    <message>
        <source>This sequence is being carried out right now (process %1)</source>
        <translation>この課題の列はいま別に実施中です（プロセス %1）</translation>
    </message>
    <message>
        <source>Wait for its end, or stop it there; what is done is kept</source>
        <translation>終わるのを待つか、そちらで止めてください。済んだ分は残ります</translation>
    </message>
    <message>
        <source>must name the folder of a checkpoint</source>
        <translation>チェックポイントのフォルダーを指定してください</translation>
    </message>
    <message>
        <source>must name a column</source>
        <translation>列を指定してください</translation>
    </message>
    <message>
        <source>There is nothing to learn from</source>
        <translation>学習に使うデータがありません</translation>
    </message>
    <message>
        <source>The %1 part is empty</source>
        <translation>%1 部分が空です</translation>
    </message>
    <message>
        <source>There is nothing to score in this data</source>
        <translation>このデータには評価するものがありません</translation>
    </message>
    <message>
        <source>Give files with more text</source>
        <translation>もっとテキストのあるファイルを指定してください</translation>
    </message>
    <message>
        <source>This checkpoint has no adapters</source>
        <translation>このチェックポイントにはアダプターがありません</translation>
    </message>
    <message>
        <source>Only runs with start.train=lora have</source>
        <translation>アダプターがあるのは start.train=lora の実行だけです</translation>
    </message>
    <message>
        <source>The folder %1 is not empty</source>
        <translation>フォルダー %1 は空ではありません</translation>
    </message>
    <message>
        <source>There is a file %1 already</source>
        <translation>ファイル %1 が既にあります</translation>
    </message>
    <message>
        <source>Name a folder that does not exist yet, or an empty one; nothing was changed</source>
        <translation>まだ存在しないか空のフォルダーを指定してください。何も変更していません</translation>
    </message>
    <message>
        <source>Cannot write the copy: %1</source>
        <translation>コピーを書けません: %1</translation>
    </message>
    <message>
        <source>Choose a place with enough room that may be written to</source>
        <translation>書き込みができ、十分な空きのある場所を選んでください</translation>
    </message>
    <message>
        <source>The model could not be written: %1</source>
        <translation>モデルを書き出せませんでした: %1</translation>
    </message>
    <message>
        <source>Close other programs to free memory, then try again</source>
        <translation>ほかのプログラムを閉じてメモリーを空け、もう一度試してください</translation>
    </message>
    <message>
        <source>Name the new data</source>
        <translation>新しいデータを指定してください</translation>
    </message>
    <message>
        <source>This is no checkpoint: it has no %1</source>
        <translation>これはチェックポイントではありません: %1 がありません</translation>
    </message>
    <message>
        <source>Name a folder like .../checkpoints/step-00002000, or a run</source>
        <translation>…/checkpoints/step-00002000 のようなフォルダーを指定してください</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s backbone is %1, but these settings ask for %2</source>
        <translation>チェックポイントのアーキテクチャは %1 ですが、この設定は %2 です</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s backbone has %1 %2, but these settings ask for %3</source>
        <translation>チェックポイントのアーキテクチャでは %1 が %2 ですが、この設定では %3 です</translation>
    </message>
    <message>
        <source>The checkpoint was trained with another tokenizer (%1) than these settings name (%2), so its token numbers mean something else</source>
        <translation>チェックポイントの学習に使われたトークナイザー(%1)は、この設定のもの(%2)と異なるため、トークン番号の意味が違います</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s head was made for the objective %1 with its settings, and does not fit %2</source>
        <translation>チェックポイントのヘッドは目的 %1 とその設定のために作られたもので、%2 には合いません</translation>
    </message>
    <message>
        <source>the rank %1 is above the width %2 of the backbone, so adapters would hold more than the weights themselves; 4 to 64 is usual</source>
        <translation>ランク %1 がアーキテクチャの幅 %2 を超えているため、アダプターが元の重みより大きくなります。普通は 4 ～ 64 です</translation>
    </message>
    <message>
        <source>%1 needs %2, which nothing offers as it is set</source>
        <translation>%1 には %2 が必要ですが、今の設定ではどこからも得られません</translation>
    </message>
    <message>
        <source>%1 needs %2, which nothing offers as it is set; set backbone.attention to auto</source>
        <translation>%1 には %2 が必要ですが、今の設定ではどこからも得られません。backbone.attention を auto にしてください</translation>
    </message>
    <message>
        <source>Free some space, or choose another workspace</source>
        <translation>空き容量を増やすか、別のワークスペースを選んでください</translation>
    </message>
    <message>
        <source>Change its permissions, free some space, or choose another workspace; looking at it goes on</source>
        <translation>アクセス権を変えるか、空き容量を増やすか、別のワークスペースを選んでください。閲覧は続けられます</translation>
    </message>
    <message>
        <source>Take it out first, on the page of all runs</source>
        <translation>先に「実行一覧」のページでごみ箱から戻してください</translation>
    </message>
    <message>
        <source>Train it longer, on its page</source>
        <translation>この実行のページで「さらに学習」を選んでください</translation>
    </message>
    <message>
        <source>Evaluate the model again, on its run&apos;s page</source>
        <translation>実行のページでモデルをもう一度評価してください</translation>
    </message>
    <message>
        <source>Choose another name</source>
        <translation>別の名前にしてください</translation>
    </message>
    <message>
        <source>Choose another name; its results stay as they are</source>
        <translation>別の名前にしてください。その結果はそのまま残ります</translation>
    </message>
    <message>
        <source>Choose another split, or folds for a cross-validation</source>
        <translation>別の分割を選ぶか、交差検証のフォールドにしてください</translation>
    </message>
    <message>
        <source>Choose files of the same format</source>
        <translation>同じ形式のファイルを選んでください</translation>
    </message>
    <message>
        <source>Put the old files back, or name the files as other data</source>
        <translation>元のファイルを戻すか、別のデータとして指定してください</translation>
    </message>
    <message>
        <source>Its files are read in another way than they were; train again, or name them as other data</source>
        <translation>ファイルの読み取り方が以前と異なります。もう一度学習するか、別のデータとして指定してください</translation>
    </message>
    <message>
        <source>Give other data, or a split with a %1 part</source>
        <translation>別のデータを指定するか、%1の部分がある分割にしてください</translation>
    </message>
    <message>
        <source>Runs keep it where they are evaluated and “keep the best” is on</source>
        <translation>評価を行い「最良を残す」が有効な実行で残されます</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>「%1」</translation>
    </message>
    <message>
        <source>Back to the weights of %1</source>
        <translation>%1 の重みに戻りました</translation>
    </message>
    <message>
        <source>Data: %1</source>
        <translation>データ：%1</translation>
    </message>
    <message>
        <source>Frozen features can be judged by data with one class or one number a text</source>
        <translation>固定した特徴量は、テキストごとに一つのクラスか一つの数値があるデータで評価できます</translation>
    </message>
    <message>
        <source>LibTorch could not go on: %1</source>
        <translation>LibTorch が続行できませんでした：%1</translation>
    </message>
    <message>
        <source>Made up at step %1: %2</source>
        <translation>ステップ %1 で補いました：%2</translation>
    </message>
    <message>
        <source>Nothing is left to train at the first step: every weight is frozen</source>
        <translation>最初のステップで学習する重みがありません。すべて固定されています</translation>
    </message>
    <message>
        <source>Resumed from step %1</source>
        <translation>ステップ %1 から再開しました</translation>
    </message>
    <message>
        <source>Stopped early: %1 evaluations in a row without a better %2 than %3</source>
        <translation>早期終了：%1 回続けて評価の %2 が %3 より良くなりませんでした</translation>
    </message>
    <message>
        <source>Stopped early: %1 evaluations in a row without a better %2</source>
        <translation>早期終了：%1 回続けて評価の %2 が改善しませんでした</translation>
    </message>
    <message>
        <source>Take names out of start.frozen, or set start.train=all</source>
        <translation>start.frozen から名前を外すか、start.train=all にしてください</translation>
    </message>
    <message>
        <source>Task &quot;%1&quot;: %2</source>
        <translation>タスク「%1」：%2</translation>
    </message>
    <message>
        <source>The best checkpoint could not be marked: %1</source>
        <translation>最良のチェックポイントに印を付けられませんでした：%1</translation>
    </message>
    <message>
        <source>The checkpoint that the run stands for could not be noted: %1</source>
        <translation>この学習を代表するチェックポイントを記録できませんでした：%1</translation>
    </message>
    <message>
        <source>The first process could not write it</source>
        <translation>最初のプロセスが書き込めませんでした</translation>
    </message>
    <message>
        <source>The log of the run has the details</source>
        <translation>詳しくは学習のログを見てください</translation>
    </message>
    <message>
        <source>The optimizer %1 begins without a memory: the checkpoint holds that of %2</source>
        <translation>オプティマイザー %1 は状態なしで始まります。チェックポイントにあるのは %2 の状態です</translation>
    </message>
    <message>
        <source>The predictions were not written: %1</source>
        <translation>予測を書き込めませんでした：%1</translation>
    </message>
    <message>
        <source>The teacher of the checkpoint goes on teaching: %1. Clear objective.teacher to learn without it</source>
        <translation>チェックポイントの教師モデルによる学習を続けます：%1。教師なしで学習するには objective.teacher を空にしてください</translation>
    </message>
    <message>
        <source>The validation part has no labelled examples</source>
        <translation>検証用の部分にラベル付きの例がありません</translation>
    </message>
    <message>
        <source>What is forgotten cannot be measured any more: %1</source>
        <translation>忘却をもう測定できません：%1</translation>
    </message>
    <message>
        <source>What is forgotten cannot be measured: %1</source>
        <translation>忘却を測定できません：%1</translation>
    </message>
    <message>
        <source>What was said of the checkpoint could not be written: %1</source>
        <translation>チェックポイントの評価を書き込めませんでした：%1</translation>
    </message>
    <message>
        <source>The evaluation at the stop could not be made: %1</source>
        <translation>停止時の評価を行えませんでした: %1</translation>
    </message>
    <message>
        <source>Put the old files back to see what the run has learnt of them</source>
        <translation>実行がそこから何を学んだかを見るには、元のファイルを戻してください</translation>
    </message>
    <message>
        <source>The %1 part has %2 rows, too few to be placed</source>
        <translation>%1 の部分には %2 行しかなく、配置するには足りません</translation>
    </message>
    <message>
        <source>Look at another part, or set split.%1 higher for the next run</source>
        <translation>別の部分を見るか、次の実行で split.%1 を大きくしてください</translation>
    </message>
    <message>
        <source>The model&apos;s features are no finite numbers</source>
        <translation>モデルの特徴量に有限でない値があります</translation>
    </message>
    <message>
        <source>Look at a checkpoint from before the run diverged</source>
        <translation>実行が発散する前のチェックポイントを見てください</translation>
    </message>
    <message>
        <source>%1 of %2 validation pictures also stand in the training part, %3, for example: %4</source>
        <translation>検証用画像 %2 件のうち %1 件が学習用にもあります（%3）。例: %4</translation>
    </message>
    <message>
        <source>%1 of %2 test pictures also stand in the training part, %3, for example: %4</source>
        <translation>テスト用画像 %2 件のうち %1 件が学習用にもあります（%3）。例: %4</translation>
    </message>
    <message>
        <source>%1 of %2 test pictures also stand in the validation part, %3, for example: %4</source>
        <translation>テスト用画像 %2 件のうち %1 件が検証用にもあります（%3）。例: %4</translation>
    </message>
    <message>
        <source>%1 text stands several times in the data with different labels, for example: %2</source>
        <translation>%1 件のテキストが、異なるラベルでデータに何度も出てきます。例: %2</translation>
    </message>
    <message>
        <source>%1 texts stand several times in the data with different labels, for example: %2</source>
        <translation>%1 件のテキストが、異なるラベルでデータに何度も出てきます。例: %2</translation>
    </message>
    <message>
        <source>%1 picture stands several times in the data with different labels, for example: %2</source>
        <translation>%1 件の画像が、異なるラベルでデータに何度も出てきます。例: %2</translation>
    </message>
    <message>
        <source>%1 pictures stand several times in the data with different labels, for example: %2</source>
        <translation>%1 件の画像が、異なるラベルでデータに何度も出てきます。例: %2</translation>
    </message>
    <message>
        <source>pixel for pixel</source>
        <translation>画素まで同じ</translation>
    </message>
    <message>
        <source>%1 as it is set looks at the rows of a micro-batch together: of fewer than %2 it learns little or nothing, and accumulation adds none</source>
        <translation>%1 は現在の設定ではマイクロバッチの行をまとめて見ます。%2 行より少ないとほとんど、またはまったく学習せず、勾配の累積をしても補えません</translation>
    </message>
    <message>
        <source>takes all of the run&apos;s %1 steps, so that the learning rate never comes to its peak; a share such as 0.05 goes by the length of the run</source>
        <translation>が実行の全 %1 ステップを占めるため、学習率が最大値に達しません。0.05 のような割合なら実行の長さに合わせて決まります</translation>
    </message>
    <message>
        <source>must name labelled data, as the run&apos;s own has no labels; set probing.every=0 to do without</source>
        <translation>この実行のデータにはラベルがないため、ラベル付きデータを指定してください。不要なら probing.every=0 にします</translation>
    </message>
    <message>
        <source>patches of %1 x %2 pixels do not fill a picture of %3 x %4 evenly; sides next to it that do: %5</source>
        <translation>%1 x %2 ピクセルのパッチでは %3 x %4 の画像をちょうど埋められません。近い値で割り切れる一辺: %5</translation>
    </message>
    <message>
        <source>Patches of %1 x %2 pixels do not fill a picture of %3 x %4 evenly</source>
        <translation>%1 x %2 ピクセルのパッチでは %3 x %4 の画像をちょうど埋められません</translation>
    </message>
    <message>
        <source>Set backbone.patch to a side that does: %1</source>
        <translation>backbone.patch を割り切れる一辺にしてください: %1</translation>
    </message>
    <message>
        <source>A picture of one patch leaves nothing to fill in</source>
        <translation>パッチが 1 つの画像では、復元するものが残りません</translation>
    </message>
    <message>
        <source>Set backbone.patch to less than the picture&apos;s height or width</source>
        <translation>backbone.patch を画像の高さまたは幅より小さくしてください</translation>
    </message>
    <message>
        <source>%1 groups do not divide %2 channels; use %3</source>
        <translation>%1 グループではチャンネル数 %2 を割り切れません。%3 にしてください</translation>
    </message>
    <message>
        <source>a layer norm of one value leaves nothing of it; use more, or another norm</source>
        <translation>値 1 個の LayerNorm は何も残しません。数を増やすか、別の正規化にしてください</translation>
    </message>
    <message>
        <source>Group normalisation of %1 channels at one place in as many groups leaves nothing: each group holds one value, which is its own mean</source>
        <translation>1 か所の %1 チャンネルを同じ数のグループで正規化すると何も残りません。各グループの値は 1 個で、それ自身が平均です</translation>
    </message>
    <message>
        <source>Group normalisation of %1 channels at one place in as many groups leaves nothing: each group holds one value, which is its own mean; set backbone.groups to %2 or fewer, or another backbone.norm</source>
        <translation>1 か所の %1 チャンネルを同じ数のグループで正規化すると何も残りません。各グループの値は 1 個で、それ自身が平均です。backbone.groups を %2 以下にするか、backbone.norm を別のものにしてください</translation>
    </message>
    <message>
        <source>Set backbone.groups to %1 or fewer, or another backbone.norm</source>
        <translation>backbone.groups を %1 以下にするか、backbone.norm を別のものにしてください</translation>
    </message>
    <message>
        <source>Set another backbone.norm</source>
        <translation>backbone.norm を別のものにしてください</translation>
    </message>
    <message>
        <source>fewer than the %1 channels of the first stage; use %2 or more, or 0</source>
        <translation>最初のステージのチャンネル数 %1 より少ないです。%2 以上、または 0 にしてください</translation>
    </message>
    <message>
        <source>must be numbers from 1 to %1 with commas between them, such as 3,4,6,3, or empty</source>
        <translation>3,4,6,3 のようにコンマで区切った 1 から %1 までの数にするか、空にしてください</translation>
    </message>
    <message>
        <source>has %1 numbers for %2 stages; give one for each, or set backbone.stages to %3</source>
        <translation>%2 ステージに対して数が %1 個あります。ステージごとに 1 個にするか、backbone.stages を %3 にしてください</translation>
    </message>
    <message>
        <source>Nothing is left of a picture of %1 x %2 pixels after %3 stages that halve it each</source>
        <translation>%1 x %2 画素の画像は、縦横を半分にする %3 ステージの後には何も残りません</translation>
    </message>
    <message>
        <source>Nothing is left of a picture of %1 x %2 pixels after %3 stages that halve it each; set backbone.stages to %4 or fewer, or backbone.pooling=stride, which always leaves a pixel</source>
        <translation>%1 x %2 画素の画像は、縦横を半分にする %3 ステージの後には何も残りません。backbone.stages を %4 以下にするか、必ず 1 画素が残る backbone.pooling=stride にしてください</translation>
    </message>
    <message>
        <source>Set backbone.stages to %1 or fewer, or backbone.pooling=stride, which always leaves a pixel</source>
        <translation>backbone.stages を %1 以下にするか、必ず 1 画素が残る backbone.pooling=stride にしてください</translation>
    </message>
    <message>
        <source>An adapter of rank %1 is above the rank %2 of the weight that it stands beside</source>
        <translation>アダプターのランク %1 が、それを添える重みのランク %2 を超えています</translation>
    </message>
    <message>
        <source>Set start.rank to %1 or less, or name other start.projections</source>
        <translation>start.rank を %1 以下にするか、start.projections に別のものを指定してください</translation>
    </message>
    <message>
        <source>%1 cannot be set here: a pilot is scored on a test part, which the split %2 does not have</source>
        <translation>%1 はここでは設定できません: パイロットはテスト用で評価しますが、分割 %2 にはテスト用がありません</translation>
    </message>
    <message>
        <source>%1 cannot be set here: %2</source>
        <translation>%1 はここでは設定できません: %2</translation>
    </message>
    <message>
        <source>a pilot is scored on a test part, and no file is named for it</source>
        <translation>パイロットはテスト用で評価しますが、そのファイルが指定されていません</translation>
    </message>
    <message>
        <source>a pilot is scored on the test part, so it must not be empty</source>
        <translation>パイロットはテスト用で評価するので、空にはできません</translation>
    </message>
    <message>
        <source>as set</source>
        <translation>設定どおり</translation>
    </message>
    <message>
        <source>Learning rate ×: %1 → %2</source>
        <translation>学習率 ×: %1 → %2</translation>
    </message>
    <message>
        <source>Gradient clipping: %1 → %2</source>
        <translation>勾配クリッピング: %1 → %2</translation>
    </message>
    <message>
        <source>Evaluate every: %1 → %2</source>
        <translation>評価の間隔: %1 → %2</translation>
    </message>
    <message>
        <source>Save every: %1 → %2</source>
        <translation>保存の間隔: %1 → %2</translation>
    </message>
    <message>
        <source>row %1 of %2</source>
        <translation>%2 の %1 行目</translation>
    </message>
    <message>
        <source> and </source>
        <translation>と </translation>
    </message>
    <message>
        <source>); there: </source>
        <translation>)、もう一方: </translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation>アラインメント</translation>
    </message>
    <message>
        <source>Caption among the first five</source>
        <translation>キャプションが 5 位以内</translation>
    </message>
    <message>
        <source>Caption found first</source>
        <translation>キャプションが 1 位</translation>
    </message>
    <message>
        <source>Class token</source>
        <translation>クラストークン</translation>
    </message>
    <message>
        <source>Directions that the features take up: exponential of the entropy of their singular values</source>
        <translation>特徴が占める方向の数。特異値のエントロピーの指数</translation>
    </message>
    <message>
        <source>Effective rank</source>
        <translation>有効ランク</translation>
    </message>
    <message>
        <source>Embedding of patches</source>
        <translation>パッチの埋め込み</translation>
    </message>
    <message>
        <source>End of the image tower</source>
        <translation>画像タワーの終わり</translation>
    </message>
    <message>
        <source>End of the text tower</source>
        <translation>テキストタワーの終わり</translation>
    </message>
    <message>
        <source>Image tower, block %1</source>
        <translation>画像タワー、ブロック %1</translation>
    </message>
    <message>
        <source>Mean squared distance of the features of two views of a picture; 0 = the same</source>
        <translation>同じ画像の二つのビューの特徴の二乗距離の平均。0 = 同じ</translation>
    </message>
    <message>
        <source>Picture among the first five</source>
        <translation>画像が 5 位以内</translation>
    </message>
    <message>
        <source>Picture found first</source>
        <translation>画像が 1 位</translation>
    </message>
    <message>
        <source>Share of captions whose picture is one of the five that lie nearest</source>
        <translation>自分の画像が最も近い 5 つに入るキャプションの割合</translation>
    </message>
    <message>
        <source>Share of captions whose picture lies nearest among all pictures</source>
        <translation>すべての画像の中で自分の画像が最も近いキャプションの割合</translation>
    </message>
    <message>
        <source>Share of pictures whose caption is one of the five that lie nearest</source>
        <translation>自分のキャプションが最も近い 5 つに入る画像の割合</translation>
    </message>
    <message>
        <source>Share of pictures whose caption lies nearest among all captions</source>
        <translation>すべてのキャプションの中で自分のキャプションが最も近い画像の割合</translation>
    </message>
    <message>
        <source>Spread of the features</source>
        <translation>特徴の広がり</translation>
    </message>
    <message>
        <source>Tables of the image tower</source>
        <translation>画像タワーの表</translation>
    </message>
    <message>
        <source>Tables of the text tower</source>
        <translation>テキストタワーの表</translation>
    </message>
    <message>
        <source>Text tower, block %1</source>
        <translation>テキストタワー、ブロック %1</translation>
    </message>
    <message>
        <source>Uniformity</source>
        <translation>一様性</translation>
    </message>
    <message>
        <source>Zero-shot accuracy</source>
        <translation>ゼロショット正解率</translation>
    </message>
    <message>
        <source>The model&apos;s weights or features are no finite numbers</source>
        <translation>モデルの重みまたは特徴量が有限の数ではありません</translation>
    </message>
    <message>
        <source>This model reads no pictures, so that there is nothing to be seen of how it looks at them</source>
        <translation>このモデルは画像を読まないため、画像の見え方は表示できません</translation>
    </message>
    <message>
        <source>Choose a run on pictures</source>
        <translation>画像の実行を選んでください</translation>
    </message>
    <message>
        <source>The validation part has no pictures to look at</source>
        <translation>検証の部分に、見る画像がありません</translation>
    </message>
    <message>
        <source>Set split.validation higher for the next run</source>
        <translation>次の実行では split.validation を大きくしてください</translation>
    </message>
    <message>
        <source>but for brightness, contrast or compression</source>
        <translation>明るさ・コントラスト・圧縮を除き同じ</translation>
    </message>
    <message>
        <source>The classes are uneven: &quot;%1&quot; has %2, &quot;%3&quot; has %4. Look at the balanced accuracy and F1, or set objective.balanced=true</source>
        <translation>クラスの数が偏っています: 「%1」は %2 件、「%3」は %4 件です。平衡正解率と F1 を見るか、objective.balanced=true にしてください</translation>
    </message>
    <message>
        <source>All pictures are of one class, &quot;%1&quot;</source>
        <translation>すべての画像が 1 つのクラス「%1」に属しています</translation>
    </message>
    <message>
        <source>The class &quot;%1&quot; has one picture alone, which cannot be in the training part and be judged as well</source>
        <translation>クラス「%1」には画像が 1 枚しかなく、学習と評価の両方に使うことができません</translation>
    </message>
    <message>
        <source>The class &quot;%1&quot; and %2 more have one picture alone, which cannot be in the training part and be judged as well</source>
        <translation>クラス「%1」と他の %2 クラスには画像が 1 枚しかなく、学習と評価の両方に使うことができません</translation>
    </message>
    <message>
        <source>%1 (of a share of %2 % that was compared)</source>
        <translation>%1、比較した %2 % の中で</translation>
    </message>
    <message>
        <source>%1 pixel for pixel, %2 but for brightness, contrast or compression</source>
        <translation>全画素が同じもの %1 件、明るさ・コントラスト・圧縮を除き同じもの %2 件</translation>
    </message>
    <message>
        <source>%1 word for word, %2 but for case, white space or punctuation</source>
        <translation>一字一句同じもの %1 件、大文字・小文字、空白、句読点を除き同じもの %2 件</translation>
    </message>
    <message>
        <source>; there: </source>
        <translation>、もう一方: </translation>
    </message>
    <message>
        <source>No attention: the backbone has none on patches of a picture</source>
        <translation>注目はありません: バックボーンに画像のパッチへのアテンションがありません</translation>
    </message>
    <message>
        <source>No filters: the backbone has no convolution</source>
        <translation>フィルターはありません: バックボーンに畳み込みがありません</translation>
    </message>
    <message>
        <source>The run history is damaged: %1</source>
        <translation>学習の履歴が壊れています：%1</translation>
    </message>
    <message>
        <source>The history of this workspace is gone, but its runs are there</source>
        <translation>このワークスペースの履歴がなくなっていますが、学習のフォルダーは残っています</translation>
    </message>
    <message>
        <source>A run of this workspace is being trained, and writes into its history</source>
        <translation>このワークスペースの学習が実行中で、履歴に書き込んでいます</translation>
    </message>
    <message>
        <source>The run history could not be written within %1 s</source>
        <translation>学習の履歴に %1 秒以内に書き込めませんでした</translation>
    </message>
    <message>
        <source>Look for a slow disk, or another program that holds it</source>
        <translation>ディスクが遅くないか、ほかのプログラムが使っていないか確かめてください</translation>
    </message>
    <message>
        <source>The program ended without notice at step %1, last sign %2</source>
        <translation>プログラムがステップ %1 で予告なく終了しました（最後の応答: %2）</translation>
    </message>
    <message>
        <source>The file system of the workspace cannot lock files: nothing keeps two computers from training this run at one time</source>
        <translation>ワークスペースのファイルシステムはファイルをロックできません。2 台のコンピューターが同時にこの実行を学習するのを防げません</translation>
    </message>
    <message>
        <source>The program ended without notice before its first step, last sign %1</source>
        <translation>プログラムが最初のステップの前に予告なく終了しました（最後の応答: %1）</translation>
    </message>
    <message>
        <source>The files of the dataset were changed while they were being read</source>
        <translation>読み込み中にデータセットのファイルが変更されました</translation>
    </message>
    <message>
        <source>Wait until nothing writes to them any more, then start again</source>
        <translation>どのプログラムも書き込まなくなってから、もう一度始めてください</translation>
    </message>
    <message>
        <source>The file %1 was written to while it was being read</source>
        <translation>読み込み中にファイル %1 に書き込みがありました</translation>
    </message>
    <message>
        <source>Wait until nothing writes to it any more, then start again</source>
        <translation>どのプログラムも書き込まなくなってから、もう一度始めてください</translation>
    </message>
    <message>
        <source>Cannot read %1: it is a pipe, a socket or a device, not a file</source>
        <translation>%1 を読み込めません。ファイルではなく、パイプ、ソケット、またはデバイスです</translation>
    </message>
    <message>
        <source>Start Groundwork again: it offers to make the history again, or to take a backup</source>
        <translation>Groundwork を再起動してください。履歴の作り直しか、バックアップの利用を選べます</translation>
    </message>
    <message>
        <source>%1 steps in a row could not be learnt from, the last one at step %2</source>
        <translation>%1 ステップ続けて学習できませんでした。最後はステップ %2 です</translation>
    </message>
    <message>
        <source>%1 steps were left out so far, the last one at step %2</source>
        <translation>これまでに %1 ステップを飛ばしました。最後はステップ %2 です</translation>
    </message>
    <message>
        <source>Both programs must be of the same installation: install Groundwork again</source>
        <translation>両方のプログラムは同じインストールのものでなければなりません。Groundwork を再インストールしてください</translation>
    </message>
    <message>
        <source>Checkpoints written: %1, in %2 ms; training stood still for %3 ms of it</source>
        <translation>書き出したチェックポイント: %1 個（%2 ms）。そのうち学習が止まっていた時間: %3 ms</translation>
    </message>
    <message>
        <source>Collapsed features: they differ so little between rows that their spread is %1</source>
        <translation>特徴の崩壊：行の間の違いがほとんどなく、広がりは %1 です</translation>
    </message>
    <message>
        <source>Collapsed features: they fill no more than %1 dimensions, and filled %2</source>
        <translation>特徴の崩壊：%1 次元しか占めていません（以前は %2 次元）</translation>
    </message>
    <message>
        <source>Dead units</source>
        <translation>働かないユニット</translation>
    </message>
    <message>
        <source>Dead units: %1 of the units of %2 gave nothing but zero in a whole batch</source>
        <translation>働かないユニット：%2 のユニットの %1 が、バッチ全体でゼロしか出力しませんでした</translation>
    </message>
    <message>
        <source>Everything in it is finite</source>
        <translation>すべて有限です</translation>
    </message>
    <message>
        <source>Exploding gradients: their length has been %1 or more for five steps (median of the steps before: %2)</source>
        <translation>勾配の爆発：5 ステップの間、長さが %1 以上でした（それまでの中央値：%2）</translation>
    </message>
    <message>
        <source>First figure that differs: %1 at step %2, %3 in one go and %4 with resumes</source>
        <translation>最初に異なる数値：ステップ %2 の %1（一気に学習：%3、再開あり：%4）</translation>
    </message>
    <message>
        <source>First not finite: the gradient of %1</source>
        <translation>最初に有限でなくなったもの：%1 の勾配</translation>
    </message>
    <message>
        <source>First not finite: the loss (%1)</source>
        <translation>最初に有限でなくなったもの：損失（%1）</translation>
    </message>
    <message>
        <source>First not finite: the output of %1</source>
        <translation>最初に有限でなくなったもの：%1 の出力</translation>
    </message>
    <message>
        <source>First not finite: the weights %1</source>
        <translation>最初に有限でなくなったもの：重み %1</translation>
    </message>
    <message>
        <source>First of what is counted that differs: %1 after step %2, %3 in one go and %4 with resumes</source>
        <translation>最初に異なるカウンター：ステップ %2 のあとの %1（一気に学習：%3、再開あり：%4）</translation>
    </message>
    <message>
        <source>Keep more of them (saving.keep_last), or fork the run</source>
        <translation>より多く残す（saving.keep_last）か、実行を分岐してください</translation>
    </message>
    <message>
        <source>No whole checkpoint from before step %1 is left to replay it from</source>
        <translation>ステップ %1 を再実行するための、それより前の完全なチェックポイントが残っていません</translation>
    </message>
    <message>
        <source>Not exact: what was resumed after step %1 differs from %2 steps in one go</source>
        <translation>一致しません：ステップ %1 のあとで再開した学習は、一気に学習した %2 ステップと異なります</translation>
    </message>
    <message>
        <source>Only a run in a process of its own can be, and only on the machine where it is trained</source>
        <translation>独立したプロセスで学習している実行だけを、それが学習されているマシンでのみ見ることができます</translation>
    </message>
    <message>
        <source>Open the run again to watch it, or stop it</source>
        <translation>もう一度実行を開いて見るか、停止してください</translation>
    </message>
    <message>
        <source>Resume the run: it goes on from its newest checkpoint</source>
        <translation>実行を再開してください。最新のチェックポイントから続きます</translation>
    </message>
    <message>
        <source>Share of a block&apos;s units that gave nothing but zero for a whole micro-batch</source>
        <translation>マイクロバッチ全体でゼロしか出力しなかった、ブロックのユニットの割合</translation>
    </message>
    <message>
        <source>Something was thrown that is no error of any known kind</source>
        <translation>未知の種類の例外が投げられました</translation>
    </message>
    <message>
        <source>Step %1 again, with the weights of step %2 trained on to it</source>
        <translation>ステップ %1 の再実行（ステップ %2 の重みからそこまで学習）</translation>
    </message>
    <message>
        <source>Step %1 was left out: %2 became infinite or not a number</source>
        <translation>ステップ %1 を飛ばしました：%2 が無限大または非数になりました</translation>
    </message>
    <message>
        <source>Step %1 was left out: its loss of %2 is a spike (above %3 after the losses before)</source>
        <translation>ステップ %1 を飛ばしました：損失 %2 はスパイクです（それまでの損失からみた限度 %3 を超えています）</translation>
    </message>
    <message>
        <source>The budget counts minutes, which never pass alike twice: tested with %1 steps instead</source>
        <translation>予算が分単位で、時間の進み方は毎回異なるため、代わりに %1 ステップでテストしました</translation>
    </message>
    <message>
        <source>The budget of %1 steps is too short to be interrupted: tested with %2 steps instead</source>
        <translation>予算の %1 ステップは中断するには短すぎるため、代わりに %2 ステップでテストしました</translation>
    </message>
    <message>
        <source>The connection to the process that trains the run was lost; it trains on</source>
        <translation>実行を学習しているプロセスとの接続が切れました。学習は続いています</translation>
    </message>
    <message>
        <source>The disk could not be written for %1; the run has waited for it</source>
        <translation>ディスクに %1 のあいだ書き込めなかったため、実行は待機しました</translation>
    </message>
    <message>
        <source>The machine slept for %1</source>
        <translation>マシンが %1 スリープしました</translation>
    </message>
    <message>
        <source>The machine&apos;s clock was set back by %1</source>
        <translation>マシンの時計が %1 戻されました</translation>
    </message>
    <message>
        <source>The machine&apos;s clock was set forward by %1</source>
        <translation>マシンの時計が %1 進められました</translation>
    </message>
    <message>
        <source>The process that trained the run ended with exit code %1</source>
        <translation>実行を学習していたプロセスが終了コード %1 で終了しました</translation>
    </message>
    <message>
        <source>The process that trained the run ended without a word</source>
        <translation>実行を学習していたプロセスが何も告げずに終了しました</translation>
    </message>
    <message>
        <source>The process that trained the run was ended by force</source>
        <translation>実行を学習していたプロセスを強制終了しました</translation>
    </message>
    <message>
        <source>The process that trained the run was ended by signal %1 (%2)</source>
        <translation>実行を学習していたプロセスがシグナル %1(%2)で終了しました</translation>
    </message>
    <message>
        <source>The process that trained the run was ended: what it said could not be understood</source>
        <translation>実行を学習していたプロセスを終了しました。送られてきた内容を理解できませんでした</translation>
    </message>
    <message>
        <source>The process that trained the run was killed, by the system most likely, for want of memory</source>
        <translation>実行を学習していたプロセスが強制終了されました。おそらくメモリ不足のためシステムが終了させました</translation>
    </message>
    <message>
        <source>The process that trains the run does not answer</source>
        <translation>実行を学習しているプロセスが応答しません</translation>
    </message>
    <message>
        <source>The process that trains the run is of another version of Groundwork</source>
        <translation>実行を学習しているプロセスは別のバージョンの Groundwork です</translation>
    </message>
    <message>
        <source>The run ended before step %1</source>
        <translation>実行はステップ %1 より前に終わりました</translation>
    </message>
    <message>
        <source>The run would have to go back to good weights once more at step %1, after %2 times</source>
        <translation>ステップ %1 で、%2 回に続いてもう一度、正常な重みに戻る必要があります</translation>
    </message>
    <message>
        <source>This is a mistake in the program; the log of the run has the details</source>
        <translation>プログラムの誤りです。詳しくは実行のログにあります</translation>
    </message>
    <message>
        <source>This run cannot be watched again once this program is left: %1</source>
        <translation>このプログラムを離れると、この実行を再び見ることはできません: %1</translation>
    </message>
    <message>
        <source>This run cannot be watched from here</source>
        <translation>この実行はここからは見られません</translation>
    </message>
    <message>
        <source>Try again, or have runs trained inside the program (Settings; --host thread)</source>
        <translation>もう一度試すか、プログラム内で学習するようにしてください(設定、または --host thread)</translation>
    </message>
    <message>
        <source>Vanishing gradients: that of %1 is %2, a millionth or less of that of %3</source>
        <translation>勾配の消失：%1 の勾配は %2 で、%3 の勾配の百万分の一以下です</translation>
    </message>
    <message>
        <source>What is known of step %1 could not be kept: %2</source>
        <translation>ステップ %1 についての情報を保存できませんでした：%2</translation>
    </message>
    <message>
        <source>comparing</source>
        <translation>比較中</translation>
    </message>
    <message>
        <source>it said at last: %1</source>
        <translation>最後の出力: %1</translation>
    </message>
    <message>
        <source>looking for the first difference</source>
        <translation>最初の違いを探しています</translation>
    </message>
    <message>
        <source>the loss jumped</source>
        <translation>損失が急上昇したため</translation>
    </message>
    <message>
        <source>the loss or gradient became infinite or not a number</source>
        <translation>損失または勾配が無限大または非数になったため</translation>
    </message>
    <message>
        <source>the loss runs away</source>
        <translation>損失が発散し始めたため</translation>
    </message>
    <message>
        <source>training in one go again</source>
        <translation>もう一度一気に学習</translation>
    </message>
    <message>
        <source>training in one go</source>
        <translation>一気に学習</translation>
    </message>
    <message>
        <source>training with resumes</source>
        <translation>再開をはさんで学習</translation>
    </message>
    <message>
        <source>Exact to the bit: %1 steps in one go equal those with a save and a resume after step %2. %3 tensors and %4 figures were compared</source>
        <translation>ビット単位で一致：一気に学習した %1 ステップと、ステップ %2 のあとで保存・再開した学習が一致しました。%3 個のテンソルと %4 個の数値を比較しました</translation>
    </message>
    <message>
        <source>First tensor that differs: %1 in the layer %2 after step %3, at its value %4: %5 in one go and %6 with resumes</source>
        <translation>最初に異なるテンソル：ステップ %3 のあとの %1（層 %2）、%4 番目の値（一気に学習：%5、再開あり：%6）</translation>
    </message>
    <message>
        <source>How evenly the features of different pictures lie on the sphere; 0 = all in one place, -4 = far apart in all directions</source>
        <translation>異なる画像の特徴が球面上にどれだけ均等に並ぶか。0 = 一か所に集まる、-4 = あらゆる方向に離れる</translation>
    </message>
    <message>
        <source>Mean standard deviation of a value of the features over pictures, each picture&apos;s of length 1, times the root of their number: 1 = in all directions, 0 = all alike</source>
        <translation>長さ 1 にした特徴の各値の、画像にわたる標準偏差の平均に、値の数の平方根を掛けたもの。1 = あらゆる方向に広がる、0 = すべて同じ</translation>
    </message>
    <message>
        <source>Out of memory at step %1: the micro-batch is %2 rows from now on instead of %3, with an accumulation of %4 instead of %5. The batch of a step stays the same</source>
        <translation>ステップ %1 でメモリーが足りなくなりました：以後のマイクロバッチは %3 行ではなく %2 行、累積は %5 回ではなく %4 回です。1 ステップのバッチは変わりません</translation>
    </message>
    <message>
        <source>Scores on such texts measure memory: take the copies out of the data, or put them into one part</source>
        <translation>そのようなテキストの成績は暗記を測っています。重複を取り除くか、同じ区分に入れてください</translation>
    </message>
    <message>
        <source>Some of these runs minimise more than the plain loss (smoothing, weights, a teacher): compare their validation losses, not their training losses</source>
        <translation>一部の実行は、そのままの損失以外（平滑化・重み・教師）も含めて最小化しています。学習損失ではなく検証損失を比べてください</translation>
    </message>
    <message>
        <source>The first step after a resume begins otherwise: weights, buffers, the place in the data, or the draws of masks and dropout were not restored</source>
        <translation>再開後の最初のステップの始まりが異なります：重み、バッファー、データの位置、またはマスクやドロップアウトの乱数が復元されていません</translation>
    </message>
    <message>
        <source>The first step after a resume has the same loss but another update: the optimizer&apos;s memory, its count of updates, the schedule or what holds the weights was not restored</source>
        <translation>再開後の最初のステップは損失が同じでも更新が異なります：オプティマイザーの記憶、更新回数、スケジュール、または重みを保つものが復元されていません</translation>
    </message>
    <message>
        <source>The first step after each resume is the same: something that acts later was not restored, such as a queue or an encoder that follows the weights, or the number of threads changed in between</source>
        <translation>どの再開後も最初のステップは一致します：あとから効くもの（キューや、重みを追うエンコーダーなど）が復元されていないか、途中でスレッド数が変わりました</translation>
    </message>
    <message>
        <source>The validation loss lies %1 above the training loss: the model knows its training data better than new data</source>
        <translation>検証損失が訓練損失を %1 上回っています。モデルは新しいデータより訓練データをよく知っています</translation>
    </message>
    <message>
        <source>The workspace lies on a network file system (%1), where locks may not work: let no other machine train in it or change its history meanwhile</source>
        <translation>ワークスペースはネットワークファイルシステム (%1) にあり、ロックが働かないことがあります：その間、ほかのマシンで学習や履歴の変更をしないでください</translation>
    </message>
    <message>
        <source>Training as set needs about %1, of which %2 for weights, gradients and optimizer and %3 for a micro-batch; free: %4. No smaller micro-batch would fit: choose a smaller model or context, or a machine with %5 or more of free memory</source>
        <translation>この設定の学習には約 %1 が必要です（重み・勾配・オプティマイザー %2、マイクロバッチ %3）。空き：%4。マイクロバッチを小さくしても収まりません：モデルかコンテキストを小さくするか、空きメモリーが %5 以上あるマシンを使ってください</translation>
    </message>
    <message>
        <source>Training as set needs about %1, of which %2 for weights, gradients and optimizer and %3 for a micro-batch; free: %4. Set training.micro_batch=%5 and training.accumulation=%6, which needs about %7 for steps of the same batch</source>
        <translation>この設定の学習には約 %1 が必要です（重み・勾配・オプティマイザー %2、マイクロバッチ %3）。空き：%4。training.micro_batch=%5 と training.accumulation=%6 にすると、同じバッチのステップが約 %7 で済みます</translation>
    </message>
    <message>
        <source>Two runs in one go differ from each other as well: this machine does not compute the same twice. A kernel is not deterministic, or the number of threads changes (training.threads); the checkpoint is not the cause</source>
        <translation>再開なしの 2 回の学習どうしも一致しません：このマシンは同じ計算を 2 回しても同じ結果になりません。決定的でないカーネルがあるか、スレッド数が変わっています (training.threads)。原因はチェックポイントではありません</translation>
    </message>
    <message>
        <source>Waiting: the disk takes nothing more. The run goes on by itself when there is room, with nothing lost. %1</source>
        <translation>待機中：ディスクに書き込めません。空きができれば、何も失わずに自動で続きます。%1</translation>
    </message>
    <message>
        <source>Went back to the weights of step %1 at step %2, for %3; the learning rate is multiplied by %4 (time %5 of %6)</source>
        <translation>ステップ %2 で、ステップ %1 の重みに戻りました（理由：%3）。学習率は %4 倍になります（%6 回中 %5 回目）</translation>
    </message>
    <message>
        <source>What is trained after the last checkpoint is lost if the program ends: free disk space, or mend what is named</source>
        <translation>プログラムが終わると、最後のチェックポイント以降の学習は失われます。ディスクを空けるか、示された原因を直してください</translation>
    </message>
    <message>
        <source>What training minimises, with smoothing, weights and margins; runs with other settings of it cannot be compared by it</source>
        <translation>学習が最小化する値 (平滑化、重み、マージンを含む)。設定の違う実行はこれで比べられません</translation>
    </message>
    <message>
        <source>Whether it overfits cannot be told: what it was trained on and what judges it have texts in common</source>
        <translation>過学習かどうかは判断できません。学習用と評価用の区分に同じテキストがあります</translation>
    </message>
    <message>
        <source>Extended: %1 was %2 and is now %3</source>
        <translation>延長しました: %1 を %2 から %3 に変えました</translation>
    </message>
    <message>
        <source>pictures of %1 x %2 pixels do not keep their shape when they are turned by a quarter; give pictures that are as high as wide, or choose another objective</source>
        <translation>%1 x %2 ピクセルの画像は 90 度回すと形が変わります。縦横が同じ画像を使うか、別の目的を選んでください</translation>
    </message>
    <message>
        <source>Pictures of %1 x %2 pixels do not keep their shape when they are turned by a quarter</source>
        <translation>%1 x %2 ピクセルの画像は 90 度回すと形が変わります</translation>
    </message>
    <message>
        <source>Give pictures that are as high as wide, or set objective.kind=simclr</source>
        <translation>縦横が同じ画像を使うか、objective.kind=simclr にしてください</translation>
    </message>
    <message>
        <source>The task &quot;%1&quot; has %2 classes and another one %3: a head that all share needs as many in each</source>
        <translation>タスク「%1」のクラス数は %2、別のタスクは %3 です。ヘッドを共有するには、どのタスクも同じ数でなければなりません</translation>
    </message>
    <message>
        <source>Cut the classes into groups of one size, or choose another scenario</source>
        <translation>クラスを同じ大きさの組に分けるか、別のシナリオを選んでください</translation>
    </message>
    <message>
        <source>Stopped while looking into an archive</source>
        <translation>アーカイブを調べている途中で中止しました</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>%1  not finite</source>
        <translation>%1  有限でない</translation>
    </message>
    <message>
        <source>An object of this JSON has more than %1 fields at line %2, column %3</source>
        <translation>この JSON のオブジェクトは %2 行目 %3 列目でフィールドが %1 個を超えています</translation>
    </message>
    <message>
        <source>At step %1 the run had gone back to the weights of step %2: the step is trained on to from there</source>
        <translation>ステップ %1 で実行はステップ %2 の重みに戻っていました。そこからこのステップまで学習し直しています</translation>
    </message>
    <message>
        <source>Filters, comparisons and pilots that were kept under a name lie in no run&apos;s folder: some could not be had back</source>
        <translation>名前を付けて保存したフィルター、比較、試し実行は実行のフォルダーにはありません。取り戻せなかったものがあります</translation>
    </message>
    <message>
        <source>From step %1 on in micro-batches of %2 rows, as the run was since it ran out of memory</source>
        <translation>ステップ %1 からは %2 行のマイクロバッチです（メモリー不足のあとの実行と同じ分け方）</translation>
    </message>
    <message>
        <source>Look for a missing comma, quote or bracket just before that place</source>
        <translation>その直前でコンマ、引用符、括弧が抜けていないか確かめてください</translation>
    </message>
    <message>
        <source>Settings were changed while the run was trained on to this step: the replay keeps those of step %1, so that its weights may differ from the run&apos;s</source>
        <translation>このステップまでの間に設定が変更されていました。再実行はステップ %1 の設定のままなので、重みが実行のものと異なることがあります</translation>
    </message>
    <message>
        <source>The budget counts minutes: learning rates on the way to this step depend on the clock, so that the weights may differ from the run&apos;s</source>
        <translation>学習量が分で決められています。このステップまでの学習率は時計に左右されるため、重みが実行のものと異なることがあります</translation>
    </message>
    <message>
        <source>The folder %1 holds no settings of a run: it was left out</source>
        <translation>フォルダー %1 には実行の設定がないため、除きました</translation>
    </message>
    <message>
        <source>The number at line %1, column %2 is too large for this program</source>
        <translation>%1 行目 %2 列目の数は大きすぎて扱えません</translation>
    </message>
    <message>
        <source>The run went back to other weights at step %1, and no checkpoint from after that and before step %2 is left</source>
        <translation>実行はステップ %1 で別の重みに戻りましたが、それより後でステップ %2 より前のチェックポイントが残っていません</translation>
    </message>
    <message>
        <source>This JSON is nested too deeply: more than %1 brackets are open at line %2, column %3</source>
        <translation>この JSON は入れ子が深すぎます。%2 行目 %3 列目で開いている括弧が %1 個を超えています</translation>
    </message>
    <message>
        <source>This is not valid JSON: the text at line %1, column %2 does not belong there</source>
        <translation>正しい JSON ではありません：%1 行目 %2 列目の文字はそこに置けません</translation>
    </message>
    <message>
        <source>Use fewer fields, or a list</source>
        <translation>フィールドを減らすか、リストにしてください</translation>
    </message>
    <message>
        <source>Use fewer levels</source>
        <translation>階層を減らしてください</translation>
    </message>
    <message>
        <source>Write one below 1e308</source>
        <translation>1e308 より小さい数にしてください</translation>
    </message>
    <message>
        <source>&quot;%1&quot; (%2): %3 damaged lines of its journal were left out</source>
        <translation>「%1」（%2）：記録ファイルの壊れた %3 行を除きました</translation>
    </message>
    <message>
        <source>&quot;%1&quot; (%2): %3 entries that its journal lacks were taken over from the former history</source>
        <translation>「%1」（%2）：記録ファイルにない %3 件を以前の履歴から引き継ぎました</translation>
    </message>
    <message>
        <source>&quot;%1&quot; (%2): it has no journal; it was made again from its settings, its log and its checkpoints as far as they tell</source>
        <translation>「%1」（%2）：記録ファイルがありません。設定、ログ、チェックポイントからわかる範囲で作り直しました</translation>
    </message>
    <message>
        <source>&quot;%1&quot; (%2): its beginning has no journal; what its log tells of it is there</source>
        <translation>「%1」（%2）：始めの部分の記録ファイルがありません。ログからわかることだけを戻しました</translation>
    </message>
    <message>
        <source>&quot;%1&quot; (%2): its journal could not be read to its end. %3</source>
        <translation>「%1」（%2）：記録ファイルを最後まで読めませんでした。%3</translation>
    </message>
    <message>
        <source>&quot;%1&quot; (%2): not all of its rows could be read in the damaged history</source>
        <translation>「%1」（%2）：壊れた履歴から読めない行がありました</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no strategy; there are sequential, lp_ft, ewc, si, replay and joint</source>
        <translation>「%1」という戦略はありません。sequential、lp_ft、ewc、si、replay、joint があります</translation>
    </message>
    <message>
        <source>&quot;%1&quot; was left out: %2</source>
        <translation>「%1」は除きました：%2</translation>
    </message>
    <message>
        <source>&quot;%1&quot;: its checkpoints could not be compared. %2</source>
        <translation>「%1」：チェックポイントを照合できませんでした。%2</translation>
    </message>
    <message>
        <source>cuts classes into tasks: choose data with one class an example</source>
        <translation>クラスを課題に分けるものです。例ごとにクラスが一つあるデータを選んでください</translation>
    </message>
    <message>
        <source>gradients (length), from the output to the input</source>
        <translation>勾配（長さ）、出力側から入力側へ</translation>
    </message>
    <message>
        <source>is passed over: the tasks of a sequence are trained with sequence.%1. Set that, or leave this as it comes</source>
        <translation>この値は使われません。課題列の各課題は sequence.%1 で学習します。そちらを設定するか、ここは既定のままにしてください</translation>
    </message>
    <message>
        <source>is the test part, which this split leaves empty</source>
        <translation>テスト用の部分ですが、この分割では空です</translation>
    </message>
    <message>
        <source>loss %1, gradient %2, lr %3</source>
        <translation>損失 %1、勾配 %2、学習率 %3</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>計測</translation>
    </message>
    <message>
        <source>measuring evaluation</source>
        <translation>評価を計測しています</translation>
    </message>
    <message>
        <source>measuring how checkpoints are written</source>
        <translation>チェックポイントの書き込みを計測しています</translation>
    </message>
    <message>
        <source>measuring how data is prepared</source>
        <translation>データの準備を計測しています</translation>
    </message>
    <message>
        <source>measuring how fast text is written</source>
        <translation>テキスト生成の速さを計測しています</translation>
    </message>
    <message>
        <source>measuring how text is encoded</source>
        <translation>テキストの符号化を計測しています</translation>
    </message>
    <message>
        <source>measuring matrix products</source>
        <translation>行列積を計測しています</translation>
    </message>
    <message>
        <source>measuring steps</source>
        <translation>ステップを計測しています</translation>
    </message>
    <message>
        <source>measuring the history</source>
        <translation>履歴への書き込みを計測しています</translation>
    </message>
    <message>
        <source>micro-batch %1, row %2</source>
        <translation>マイクロバッチ %1、行 %2</translation>
    </message>
    <message>
        <source>must be 0 in a sequence: each task is trained to its end, from where the next one goes on</source>
        <translation>課題列では 0 にしてください。各課題は最後まで学習し、次の課題はそこから続きます</translation>
    </message>
    <message>
        <source>needs an objective that learns from labels, such as classification</source>
        <translation>分類など、ラベルから学習する目的関数が必要です</translation>
    </message>
    <message>
        <source>needs pictures, or a checkpoint to begin from, by whose tokenizer the texts of all tasks are read: set start.kind=checkpoint</source>
        <translation>画像か、出発点のチェックポイント（そのトークナイザーですべての課題のテキストを読みます）が必要です。start.kind=checkpoint にしてください</translation>
    </message>
    <message>
        <source>outputs (root mean square)</source>
        <translation>出力（二乗平均平方根）</translation>
    </message>
    <message>
        <source>reckoned</source>
        <translation>推定</translation>
    </message>
    <message>
        <source>the history</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>Evaluations took %1 of the time so far. Evaluate less often (evaluation.every, now %2 steps), or less of the validation part (evaluation.tokens)</source>
        <translation>これまでの時間の %1 を評価が占めています。評価の間隔を広げるか（evaluation.every、現在 %2 ステップ）、検証部分で評価する量を減らしてください（evaluation.tokens）</translation>
    </message>
    <message>
        <source>Evaluations took %1 of the time, the last one %2 s. Keep less for validation, or turn evaluation.whole_at_end off</source>
        <translation>時間の %1 を評価が占め、最後の評価は %2 秒かかりました。検証に回す量を減らすか、evaluation.whole_at_end をオフにしてください</translation>
    </message>
    <message>
        <source>Share of the last steps&apos; time that passed until their rows were there</source>
        <translation>直近のステップの時間のうち、行がそろうまでに過ぎた割合</translation>
    </message>
    <message>
        <source>Training waited for its data for %1 s, %2 of the time of its steps</source>
        <translation>学習はデータを %1 秒待ちました（ステップの時間の %2）</translation>
    </message>
    <message>
        <source>Wait for data</source>
        <translation>データ待ち</translation>
    </message>
    <message>
        <source>checking files again</source>
        <translation>ファイルをもう一度確かめています</translation>
    </message>
    <message>
        <source>checking files</source>
        <translation>ファイルを確かめています</translation>
    </message>
    <message>
        <source>drawing pictures</source>
        <translation>画像を描いています</translation>
    </message>
    <message>
        <source>looking into archives</source>
        <translation>アーカイブの中を調べています</translation>
    </message>
    <message>
        <source>measuring the order of the data</source>
        <translation>データの順序を計測中</translation>
    </message>
    <message>
        <source>reading pictures</source>
        <translation>画像を読んでいます</translation>
    </message>
    <message>
        <source>reading text</source>
        <translation>テキストを読んでいます</translation>
    </message>
    <message>
        <source>tokenising %1 of %2</source>
        <translation>%2 のうち %1 をトークン化しました</translation>
    </message>
    <message>
        <source>training the tokenizer: %1</source>
        <translation>トークナイザを訓練しています: %1</translation>
    </message>
    <message>
        <source>writing pictures</source>
        <translation>画像を書き込んでいます</translation>
    </message>
    <message>
        <source>writing stories</source>
        <translation>物語を書いています</translation>
    </message>
    <message>
        <source>Share of pictures whose caption lies nearer with the name of their class than with that of any other, without a head that was trained on classes</source>
        <translation>画像の説明文が、自分のクラスの名前を入れたときに、他のどのクラスの名前を入れたときよりも近くなる画像の割合。クラスについて訓練したヘッドは使いません</translation>
    </message>
    <message>
        <source>A weighted sum of what a row holds for each class, by the logistic loss.</source>
        <translation>行の内容の重み付き和をクラスごとに、ロジスティック損失で求めます。</translation>
    </message>
    <message>
        <source>A weighted sum of what a row holds for each class, by the squared hinge loss.</source>
        <translation>行の内容の重み付き和をクラスごとに、二乗ヒンジ損失で求めます。</translation>
    </message>
    <message>
        <source>Counts how often each token, and each pair of neighbours, stands in each class.</source>
        <translation>各トークンと隣り合う二つの組が、クラスごとに何回現れるかを数えます。</translation>
    </message>
    <message>
        <source>Linear SVM</source>
        <translation>線形SVM</translation>
    </message>
    <message>
        <source>Logistic regression</source>
        <translation>ロジスティック回帰</translation>
    </message>
    <message>
        <source>Most frequent class</source>
        <translation>最頻クラス</translation>
    </message>
    <message>
        <source>Naive Bayes</source>
        <translation>ナイーブベイズ</translation>
    </message>
    <message>
        <source>Nearest neighbour</source>
        <translation>最近傍</translation>
    </message>
    <message>
        <source>Says the class that is most frequent where it learns, whatever the row holds.</source>
        <translation>行の内容によらず、学習データで最も多いクラスと答えます。</translation>
    </message>
    <message>
        <source>Decision tree</source>
        <translation>決定木</translation>
    </message>
    <message>
        <source>Keep one of the two</source>
        <translation>どちらか一方だけを残してください</translation>
    </message>
    <message>
        <source>Random forest</source>
        <translation>ランダムフォレスト</translation>
    </message>
    <message>
        <source>The field at line %1, column %2 has a value already</source>
        <translation>%1行目%2列目のフィールドにはすでに値があります</translation>
    </message>
    <message>
        <source>The run history is not as this program makes it (%1)</source>
        <translation>実行の履歴が、このプログラムの作る形になっていません (%1)</translation>
    </message>
    <message>
        <source>This database is damaged: it says that its schema is %1</source>
        <translation>このデータベースは壊れています。スキーマが %1 となっています</translation>
    </message>
    <message>
        <source>The history lacked %1 entries, which the run&apos;s own journal has: they were taken from there</source>
        <translation>履歴には%1件が欠けていましたが、実行自身の記録にあったため、そこから補いました</translation>
    </message>
    <message>
        <source>The folder for orders to this run is a link to another place</source>
        <translation>この実行への指示を置くフォルダが、別の場所へのリンクになっています</translation>
    </message>
    <message>
        <source>Take the link away</source>
        <translation>リンクを取り除いてください</translation>
    </message>
    <message>
        <source>This database holds no run history</source>
        <translation>このデータベースには実行の履歴がありません</translation>
    </message>
    <message>
        <source>What lies there belongs to the workspace %1</source>
        <translation>そこにあるものはワークスペース %1 のものです</translation>
    </message>
    <message>
        <source>Name a place outside of its history, runs, backups and cache</source>
        <translation>履歴、実行、控え、キャッシュの外の場所を指定してください</translation>
    </message>
    <message>
        <source>The history says that this run waits its turn, but its folder says that it was trained</source>
        <translation>履歴ではこの実行は順番を待っていますが、フォルダには学習した跡があります</translation>
    </message>
    <message>
        <source>`groundwork-cli rebuild --replace` takes from the folders what became of the runs</source>
        <translation>`groundwork-cli rebuild --replace` で、実行がどうなったかをフォルダから取り戻せます</translation>
    </message>
    <message>
        <source>This model was trained to tell labels, so it cannot write</source>
        <translation>このモデルはラベルを答えるように学習したので、文を書けません</translation>
    </message>
    <message>
        <source>Ask it for them with `groundwork-cli predict`, or evaluate it</source>
        <translation>`groundwork-cli predict` でラベルを尋ねるか、評価してください</translation>
    </message>
    <message>
        <source>The history of this workspace is gone</source>
        <translation>このワークスペースの履歴がなくなっています</translation>
    </message>
    <message>
        <source>The folder of this workspace is gone</source>
        <translation>このワークスペースのフォルダーがなくなっています</translation>
    </message>
    <message>
        <source>Put it back (a disk may have been taken away), or start Groundwork again</source>
        <translation>元に戻すか（ディスクが外されたのかもしれません）、Groundwork を起動し直してください</translation>
    </message>
    <message>
        <source>This is a pipe, a socket or a device, not a file</source>
        <translation>これはファイルではなく、パイプかソケットかデバイスです</translation>
    </message>
    <message>
        <source>Put the file itself there, or take this away</source>
        <translation>ファイルそのものを置くか、これを取り除いてください</translation>
    </message>
    <message>
        <source>The %1 part holds no window of %2 rows before and %3 to be forecast; there are %4 rows in all</source>
        <translation>%1 の部分には、前の %2 行と予測する %3 行からなる窓が一つもありません。全体で %4 行です</translation>
    </message>
    <message>
        <source>Lower dataset.look_back or dataset.horizon, give the part a larger share, or add rows</source>
        <translation>dataset.look_back か dataset.horizon を小さくするか、その部分の割合を大きくするか、行を増やしてください</translation>
    </message>
    <message>
        <source>A value is missing</source>
        <translation>値が欠けています</translation>
    </message>
    <message>
        <source>Fill it in, or set dataset.missing to previous or linear</source>
        <translation>値を埋めるか、dataset.missing を previous か linear にしてください</translation>
    </message>
    <message>
        <source>This is no finite number: &quot;%1&quot;</source>
        <translation>有限の数ではありません：「%1」</translation>
    </message>
    <message>
        <source>Mend the cell, or name the columns to be read in dataset.columns</source>
        <translation>セルを直すか、読む列を dataset.columns に書いてください</translation>
    </message>
    <message>
        <source>This time lies before that of the row above: &quot;%1&quot;</source>
        <translation>この時刻は上の行より前です：「%1」</translation>
    </message>
    <message>
        <source>This time stands twice: &quot;%1&quot;</source>
        <translation>この時刻は二度現れます：「%1」</translation>
    </message>
    <message>
        <source>Sort the rows by time, each time once</source>
        <translation>行を時刻の順に並べ、各時刻を一度だけにしてください</translation>
    </message>
    <message>
        <source>The model looks back at %1 rows and forecasts %2, but the data is cut into %3 and %4</source>
        <translation>モデルは %1 行を参照して %2 行を予測しますが、データは %3 行と %4 行に切られています</translation>
    </message>
    <message>
        <source>Set dataset.look_back and dataset.horizon to the model&apos;s</source>
        <translation>dataset.look_back と dataset.horizon をモデルに合わせてください</translation>
    </message>
    <message>
        <source>The model was made for %1 columns, but the data has %2</source>
        <translation>モデルは %1 列のためのものですが、データは %2 列です</translation>
    </message>
    <message>
        <source>Name as many in dataset.columns</source>
        <translation>同じ数の列を dataset.columns に書いてください</translation>
    </message>
    <message>
        <source>must be odd, so that an average has a middle</source>
        <translation>奇数にしてください。平均に中央が必要です</translation>
    </message>
    <message>
        <source>has a character NUL (U+0000), which ends a path for the system: %1</source>
        <translation>NUL 文字（U+0000）を含みます。システムではそこでパスが終わります：%1</translation>
    </message>
    <message>
        <source>Error of the last season</source>
        <translation>前の周期の誤差</translation>
    </message>
    <message>
        <source>Error of the last value</source>
        <translation>最後の値の誤差</translation>
    </message>
    <message>
        <source>Loss of the last season</source>
        <translation>前の周期の損失</translation>
    </message>
    <message>
        <source>Loss of the last value</source>
        <translation>最後の値の損失</translation>
    </message>
    <message>
        <source>Mean absolute error of the forecast that repeats the last season</source>
        <translation>前の周期を繰り返す予測の平均絶対誤差</translation>
    </message>
    <message>
        <source>Mean absolute error of the forecast that repeats the last value</source>
        <translation>最後の値を繰り返す予測の平均絶対誤差</translation>
    </message>
    <message>
        <source>Of the forecast that repeats the last season</source>
        <translation>前の周期を繰り返す予測の損失</translation>
    </message>
    <message>
        <source>Of the forecast that repeats the last value; a model is to be below it</source>
        <translation>最後の値を繰り返す予測の損失。モデルはこれを下回るべきです</translation>
    </message>
    <message>
        <source>Save it as UTF-8 and try again</source>
        <translation>UTF-8 で保存して、もう一度試してください</translation>
    </message>
    <message>
        <source>There is nothing in this file: it is empty</source>
        <translation>このファイルには何もありません（空です）</translation>
    </message>
    <message>
        <source>This text is written in UTF-16 or UTF-32, not in UTF-8</source>
        <translation>このテキストは UTF-8 ではなく UTF-16 か UTF-32 で書かれています</translation>
    </message>
    <message>
        <source>Training goes on from the averaged weights of the checkpoint, for this run averages none</source>
        <translation>この実行は平均しないため、チェックポイントの平均された重みから学習を続けます</translation>
    </message>
    <message>
        <source>Write at least {} into it, or name another file</source>
        <translation>少なくとも {} と書くか、別のファイルを指定してください</translation>
    </message>
    <message>
        <source>its windows per step are not known</source>
        <translation>ステップあたりの窓の数が分からない</translation>
    </message>
    <message>
        <source>reaches %1 with %2 times the windows</source>
        <translation>%2 倍の窓で %1 に達する</translation>
    </message>
    <message>
        <source>reading series</source>
        <translation>時系列を読み込み中</translation>
    </message>
    <message>
        <source>Collapsed codes: none of their values varies between pictures any more, so that all are drawn alike. A smaller objective.beta, or a warm-up of it, keeps them apart</source>
        <translation>潜在符号の崩壊：どの値も画像によって変わらなくなり、すべて同じように描かれます。objective.betaを小さくするか、そのウォームアップを使うと区別が保たれます</translation>
    </message>
    <message>
        <source>Distance of what is drawn</source>
        <translation>描いたものとの距離</translation>
    </message>
    <message>
        <source>Divergence of the codes</source>
        <translation>潜在符号のダイバージェンス</translation>
    </message>
    <message>
        <source>Drawn out of nothing</source>
        <translation>何もないところから描いたもの</translation>
    </message>
    <message>
        <source>From a picture on the left to one on the right, drawn along the line between their codes</source>
        <translation>左の画像から右の画像へ、潜在符号を結ぶ直線に沿って描いたもの</translation>
    </message>
    <message>
        <source>From noise on the left to a picture on the right, step by step</source>
        <translation>左のノイズから右の画像へ、ステップごとに</translation>
    </message>
    <message>
        <source>Gradient norm of the generator</source>
        <translation>生成器の勾配ノルム</translation>
    </message>
    <message>
        <source>How far its pictures are from being taken for real ones</source>
        <translation>描いた画像が本物と見なされるまでの隔たり</translation>
    </message>
    <message>
        <source>Length of its gradient before clipping</source>
        <translation>クリッピング前の勾配の長さ</translation>
    </message>
    <message>
        <source>Loss of the generator</source>
        <translation>生成器の損失</translation>
    </message>
    <message>
        <source>Seen, drawn again, and as it was, below each other</source>
        <translation>見せたもの、描き直したもの、元の画像を縦に並べたもの</translation>
    </message>
    <message>
        <source>Size of the code</source>
        <translation>潜在符号の大きさ</translation>
    </message>
    <message>
        <source>Values of the code in use</source>
        <translation>使われている潜在符号の値</translation>
    </message>
    <message>
        <source>Spread of what is drawn</source>
        <translation>描画の広がり</translation>
    </message>
    <message>
        <source>%1 needs %2, which nothing offers as it is set; %3 does</source>
        <translation>%1には%2が必要ですが、今の設定では提供するものがありません。%3なら提供します</translation>
    </message>
    <message>
        <source>must be at most noise_steps (%1)</source>
        <translation>noise_steps(%1)以下にしてください</translation>
    </message>
    <message>
        <source>This model draws no pictures out of nothing</source>
        <translation>このモデルは何もないところから画像を描きません</translation>
    </message>
    <message>
        <source>Name a run whose objective does, such as vae</source>
        <translation>vaeなど、描く目的関数の実行を指定してください</translation>
    </message>
    <message>
        <source>Collapsed drawings: what is drawn varies by %1 of what the pictures of the data do</source>
        <translation>描画の崩壊：描かれるものの変化がデータの画像の%1しかありません</translation>
    </message>
    <message>
        <source>Drawing error</source>
        <translation>描画誤差</translation>
    </message>
    <message>
        <source>A weighted sum of a row&apos;s values, by least squares.</source>
        <translation>行の値の重み付きの和(最小二乗法)。</translation>
    </message>
    <message>
        <source>Asks for one value after another, each time the one that parts the learnt rows best.</source>
        <translation>値を一つずつ調べ、毎回、学習した行を最もよく分けるものを選びます。</translation>
    </message>
    <message>
        <source>Classes of held-out rows near whose middle at least a tenth as many are drawn as are held out</source>
        <translation>取り置いた行のクラスのうち、その中心の近くに、取り置いた割合の 1/10 以上の行が描かれたものの数</translation>
    </message>
    <message>
        <source>Classes that are drawn</source>
        <translation>描かれたクラス</translation>
    </message>
    <message>
        <source>Drawn near a class</source>
        <translation>クラスの近くに描いたもの</translation>
    </message>
    <message>
        <source>Drawn rows (blue) and held-out ones (grey) by their first two values; of one value, how many lie where</source>
        <translation>描いた行(青)と取り置いた行(灰)を最初の 2 つの値で示したもの。値が 1 つなら、どこにいくつあるか</translation>
    </message>
    <message>
        <source>Fréchet distance of what is drawn from what is held out: of pictures as both look from afar, in a grid of 8 x 8 fields, of rows by their values; 0 = alike in mean and covariance</source>
        <translation>描いたものと取り置いたもののフレシェ距離。画像は 8 x 8 の格子で遠目に見たもの、行はその値で測る。0 = 平均と共分散が同じ</translation>
    </message>
    <message>
        <source>Gradient penalty</source>
        <translation>勾配ペナルティ</translation>
    </message>
    <message>
        <source>Linear regression</source>
        <translation>線形回帰</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Says the mean of the learnt numbers, whatever the row holds.</source>
        <translation>行の内容にかかわらず、学習した数値の平均を答えます。</translation>
    </message>
    <message>
        <source>Says what is known of the learnt row whose values differ least.</source>
        <translation>値の差が最も小さい学習済みの行について知られていることを答えます。</translation>
    </message>
    <message>
        <source>Share of the drawn rows that lie within three deviations of the middle of a class of held-out rows</source>
        <translation>描いた行のうち、取り置いた行のクラスの中心から標準偏差 3 つ以内にあるものの割合</translation>
    </message>
    <message>
        <source>Squared slope of the score where real rows lie, before its weight</source>
        <translation>本物の行がある所での得点の傾きの 2 乗(重みをかける前)</translation>
    </message>
    <message>
        <source>The majority or the mean of 100 decision trees, each of which learns from rows drawn at random and asks for a few values at each branch.</source>
        <translation>100 本の決定木の多数決または平均。各木は無作為に選んだ行から学び、枝ごとに少数の値だけを調べます。</translation>
    </message>
    <message>
        <source>Variance of what is drawn over that of what is held out, pictures as both look from afar; near 0 = all are drawn alike</source>
        <translation>描いたものの分散を取り置いたものの分散で割った値(画像は遠目に見たもの)。0 に近い = どれも同じ</translation>
    </message>
    <message>
        <source>its rows per step are not known</source>
        <translation>1 ステップの行数が不明です</translation>
    </message>
    <message>
        <source>reaches %1 with %2 times the rows</source>
        <translation>%2 倍の行数で %1 に達します</translation>
    </message>
    <message>
        <source>reading a table</source>
        <translation>表を読み込み中</translation>
    </message>
    <message>
        <source>This run was trained on running text, which has no rows to be placed</source>
        <translation>この実行は連続した文章で学習しており、配置できる行がありません</translation>
    </message>
    <message>
        <source>The learning rate falls, %1 times so far: %2 evaluations in a row without a better %3</source>
        <translation>学習率を下げます（これまでに%1回）: %3 が %2 回続けて改善しませんでした</translation>
    </message>
    <message>
        <source>The %1 part holds no row with a label and %2 rows before it; there are %3 rows in all</source>
        <translation>%1 の部分には、前に %2 行があるラベル付きの行がありません。全体で %3 行です</translation>
    </message>
    <message>
        <source>Lower dataset.look_back, give the part a larger share, or add rows</source>
        <translation>dataset.look_back を小さくするか、その部分の割合を大きくするか、行を増やしてください</translation>
    </message>
    <message>
        <source>%1 rows have no label: no window ends there</source>
        <translation>%1 行にラベルがなく、そこで終わる窓は作られません</translation>
    </message>
    <message>
        <source>The column &quot;%1&quot; is the target, which would give the answer away</source>
        <translation>列「%1」は目的の列なので、答えが見えてしまいます</translation>
    </message>
    <message>
        <source>Take it out of dataset.columns, or name another dataset.target</source>
        <translation>dataset.columns から外すか、別の dataset.target を指定してください</translation>
    </message>
    <message>
        <source>The column to be learnt is that of the times</source>
        <translation>学習する列が時刻の列になっています</translation>
    </message>
    <message>
        <source>Name another one in dataset.target</source>
        <translation>dataset.target に別の列を指定してください</translation>
    </message>
    <message>
        <source>There are %1 rows, but the model looks back at %2</source>
        <translation>%1 行しかありませんが、モデルは %2 行前まで参照します</translation>
    </message>
    <message>
        <source>Give it so many rows, each a line with commas between its values</source>
        <translation>それだけの行を、1 行ずつ値をカンマで区切って与えてください</translation>
    </message>
    <message>
        <source>%1 rows have not %2 neighbours each</source>
        <translation>%1 行では、それぞれに %2 個の近傍がありません</translation>
    </message>
    <message>
        <source>These rows differ in fewer than two directions</source>
        <translation>これらの行の違いは 2 方向に満ちません</translation>
    </message>
    <message>
        <source>Look at a run on labelled texts, pictures, tables or series</source>
        <translation>ラベル付きの文章、画像、表、または系列で学習した実行を選んでください</translation>
    </message>
    <message>
        <source>Go by the samples, and by how far what is drawn lies from what is held out</source>
        <translation>サンプルと、描いたものと取り置いたものの距離で判断してください</translation>
    </message>
    <message>
        <source>Two sides learn from each other, so that the loss need not fall</source>
        <translation>両者が互いに学び合うため、損失が下がるとは限りません</translation>
    </message>
    <message>
        <source>is 0, so that nothing tells the learning rate of this schedule to fall</source>
        <translation>が 0 なので、このスケジュールの学習率が下がる機会がありません</translation>
    </message>
    <message>
        <source>There are no rows</source>
        <translation>行がありません</translation>
    </message>
    <message>
        <source>Give it %1 of them, each a line with commas between its values</source>
        <translation>%1 行を、1 行ずつ値をカンマで区切って与えてください</translation>
    </message>
    <message>
        <source>Look at more rows, or train the model further</source>
        <translation>行を増やすか、モデルをさらに学習させてください</translation>
    </message>
    <message>
        <source>All of these rows have the same features, so that nothing tells them apart</source>
        <translation>これらの行の特徴はすべて同じで、区別できません</translation>
    </message>
    <message>
        <source>Train the model further, or look at other rows</source>
        <translation>モデルをさらに学習させるか、別の行を見てください</translation>
    </message>
    <message>
        <source>This model forecasts, but the data is read for its labels</source>
        <translation>このモデルは予測を行いますが、データはラベルとして読まれています</translation>
    </message>
    <message>
        <source>What a model that forecasts makes of a window is its forecast, and no place among others</source>
        <translation>予測モデルが窓から作るものは予測であり、ほかの窓との位置関係ではありません</translation>
    </message>
    <message>
        <source>Take the values of the data itself</source>
        <translation>データそのものの値を使ってください</translation>
    </message>
    <message>
        <source>The model was trained on labels of windows, but the data is read to be forecast</source>
        <translation>モデルは窓のラベルで学習しましたが、データは予測用に読まれています</translation>
    </message>
    <message>
        <source>Set dataset.labels=class or number, and name the column in dataset.target</source>
        <translation>dataset.labels=class または number を設定し、dataset.target で列を指定してください</translation>
    </message>
    <message>
        <source>%1 of %2 weights are frozen, such as %3, and the run does not begin from a checkpoint: they stay as they were drawn. Take them out of what is frozen, or choose a checkpoint to begin from</source>
        <translation>%2 個の重みのうち %1 個（%3 など）が凍結され、チェックポイントからも始まりません。乱数のままになります。凍結から外すか、開始するチェックポイントを選んでください</translation>
    </message>
    <message>
        <source>%1 of %2 weights are frozen, such as %3; they come from the checkpoint</source>
        <translation>%2 個の重みのうち %1 個（%3 など）は凍結され、チェックポイントの値のままです</translation>
    </message>
    <message>
        <source>%1 tensors: the gradient along a random direction is that of finite differences in double precision; largest relative difference %2</source>
        <translation>%1 個のテンソル：ランダムな方向の勾配は倍精度の有限差分と一致します。最大の相対差 %2</translation>
    </message>
    <message>
        <source>%1: the gradient says %2, finite differences say %3. This architecture or objective computes a wrong gradient; please report it with these settings</source>
        <translation>%1：勾配は %2、有限差分は %3 です。このアーキテクチャか目的の勾配計算が誤っています。この設定を添えて報告してください</translation>
    </message>
    <message>
        <source>A gradient reaches each of the %1 tensors that are trained, and no unit of a layer is zero everywhere</source>
        <translation>学習される %1 個のテンソルすべてに勾配が届き、常にゼロのユニットもありません</translation>
    </message>
    <message>
        <source>A model that has learnt nothing should cost what guessing costs: the logarithm of the number of classes or tokens, or the variance of the numbers.</source>
        <translation>何も学んでいないモデルの損失は、当てずっぽうと同じはずです。クラス数や語彙数の対数、または数値の分散です。</translation>
    </message>
    <message>
        <source>After %1 steps %2 of the units of %3 are zero for every row. A lower learning rate or another activation (GELU, leaky ReLU) keeps them alive</source>
        <translation>%1 ステップ後、%3 のユニットの %2 がどの行でもゼロです。学習率を下げるか、別の活性化関数（GELU、leaky ReLU）にしてください</translation>
    </message>
    <message>
        <source>After %1 steps a squared error of %2 with the labels, of %3 with shuffled ones; the mean alone costs %4</source>
        <translation>%1 ステップ後の二乗誤差は %2、シャッフルしたラベルでは %3。平均だけなら %4</translation>
    </message>
    <message>
        <source>After %1 steps right in %2 of the validation part; the commonest class alone is %3. Loss with shuffled labels %4, of guessing by the classes&apos; shares %5</source>
        <translation>%1 ステップ後、検証部分の正解率 %2。最多クラスだけなら %3。シャッフルしたラベルでの損失 %4、クラス比率による当て推量は %5</translation>
    </message>
    <message>
        <source>Compared are labels of one class or one number a row; this objective has none</source>
        <translation>比べるのは行ごとに 1 クラスか 1 数値のラベルです。この目的にはありません</translation>
    </message>
    <message>
        <source>Drawn by class, a row of each in their order</source>
        <translation>クラス別に描いたもの（順番どおり、各クラス一行）</translation>
    </message>
    <message>
        <source>Even from shuffled labels the held-out rows are learnt: something in them is the answer, or they are not apart from those that are learnt from</source>
        <translation>シャッフルしたラベルからでも検証用の行を学べています。入力に答えが含まれるか、学習用の行と分かれていません</translation>
    </message>
    <message>
        <source>From %1 to %2 no learning rate makes the loss fall. Look at what is frozen, and whether the loss fits the labels</source>
        <translation>%1 から %2 のどの学習率でも損失が下がりません。凍結されているものと、損失とラベルの組み合わせを確認してください</translation>
    </message>
    <message>
        <source>From %1 to %2: the loss falls fastest near %3, and nowhere rises for good</source>
        <translation>%1 から %2：損失は %3 付近で最も速く下がり、上がり続ける所はありません</translation>
    </message>
    <message>
        <source>From %1 to %2: the loss falls fastest near %3, and rises from %4 on</source>
        <translation>%1 から %2：損失は %3 付近で最も速く下がり、%4 から上がります</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>勾配</translation>
    </message>
    <message>
        <source>Held-out rows (grey) and the same drawn again from their codes (blue) by their first two values; of one value, how many lie where</source>
        <translation>取り置いた行(灰)と、その潜在符号から描き直した同じ行(青)を最初の 2 つの値で示したもの。値が 1 つなら、どこにいくつあるか</translation>
    </message>
    <message>
        <source>Held-out rows are told no better than by chance. More steps may tell more; else look whether the labels belong to their rows</source>
        <translation>検証用の行の結果が偶然と変わりません。ステップを増やしても同じなら、ラベルが正しい行に付いているか確認してください</translation>
    </message>
    <message>
        <source>How far what is drawn of a code lies from its picture or row, summed over its values</source>
        <translation>潜在符号から描いたものと元の画像や行との隔たり。値にわたる和</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>ラベル</translation>
    </message>
    <message>
        <source>Loss before training %1; guessing each of %2 alike costs %3</source>
        <translation>学習前の損失 %1。%2 通りを等しく当て推量すると %3</translation>
    </message>
    <message>
        <source>Loss before training</source>
        <translation>学習前の損失</translation>
    </message>
    <message>
        <source>No gradient reaches %1 of %2 trained tensors, such as %3. Nothing that they do counts for the loss: look at the architecture&apos;s settings</source>
        <translation>学習される %2 個のうち %1 個のテンソル（%3 など）に勾配が届きません。損失に影響していないので、アーキテクチャの設定を確認してください</translation>
    </message>
    <message>
        <source>Of a row&apos;s code from a standard normal distribution; 0 = it says nothing of the row</source>
        <translation>行の潜在符号と標準正規分布との隔たり。0は行について何も表していない</translation>
    </message>
    <message>
        <source>Of true values, between the outermost two quantiles of the forecast: of 0.1 and 0.9 it should be 0.8</source>
        <translation>予測の最も外側の二つの分位点の間に入る実際の値の割合。0.1 と 0.9 なら 0.8 になるべきです</translation>
    </message>
    <message>
        <source>One batch by heart</source>
        <translation>1 バッチの丸暗記</translation>
    </message>
    <message>
        <source>Share inside the band</source>
        <translation>帯の中の割合</translation>
    </message>
    <message>
        <source>Squared error before training %1; always saying the mean costs %2</source>
        <translation>学習前の二乗誤差 %1。常に平均を答えると %2</translation>
    </message>
    <message>
        <source>Step %1 of a training with these settings had a loss or a gradient that is no number. Lower the learning rate</source>
        <translation>この設定の学習でステップ %1 の損失か勾配が数値になりません。学習率を下げてください</translation>
    </message>
    <message>
        <source>Sum of the absolute values of a row&apos;s code</source>
        <translation>行の潜在符号の絶対値の和</translation>
    </message>
    <message>
        <source>The chosen rate of %1 fits</source>
        <translation>設定の学習率 %1 は適切です</translation>
    </message>
    <message>
        <source>The chosen rate of %1 is so low that hardly anything is learnt with it in so many steps. Begin with about %2</source>
        <translation>設定の学習率 %1 は低すぎて、このステップ数ではほとんど学習できません。%2 程度から始めてください</translation>
    </message>
    <message>
        <source>The chosen rate of %1 lies near where the loss begins to rise. About %2 leaves room; a warm-up helps too</source>
        <translation>設定の学習率 %1 は損失が上がり始める所の近くです。%2 程度なら余裕があります。ウォームアップも有効です</translation>
    </message>
    <message>
        <source>The chosen rate of %1 lies where the loss rises. Begin with about %2</source>
        <translation>設定の学習率 %1 では損失が上がります。%2 程度から始めてください</translation>
    </message>
    <message>
        <source>The gradient of every tensor of this very model against finite differences in double precision, and the precision of training against that.</source>
        <translation>このモデルそのものの全テンソルの勾配を倍精度の有限差分と比べ、学習時の精度をそれと比べます。</translation>
    </message>
    <message>
        <source>The gradients of training (%1) differ from those in double precision by %2 of their length</source>
        <translation>学習時（%1）の勾配と倍精度の勾配の差は、長さの %2 です</translation>
    </message>
    <message>
        <source>The gradients of training (%1) differ from those in double precision by %2 of their length. Train in float32 (training.precision), or report it with these settings</source>
        <translation>学習時（%1）の勾配と倍精度の勾配の差は、長さの %2 です。float32 で学習するか（training.precision）、この設定を添えて報告してください</translation>
    </message>
    <message>
        <source>The labels say something of their rows</source>
        <translation>ラベルは行の内容を反映しています</translation>
    </message>
    <message>
        <source>The loss is no number before anything is learnt. Look at the data for values out of proportion, and at the initialisation</source>
        <translation>学習前から損失が数値になりません。データの極端な値と初期化を確認してください</translation>
    </message>
    <message>
        <source>The model begins without an opinion, as it should</source>
        <translation>モデルは先入観なしに始まります。正常です</translation>
    </message>
    <message>
        <source>The model does better than guessing before it has learnt anything: look whether its input holds the answer</source>
        <translation>学習前なのに当て推量より良い結果です。入力に答えが含まれていないか確認してください</translation>
    </message>
    <message>
        <source>The model is sure of what it has not learnt: its first weights are too large. Choose another initialisation, or a smaller spread</source>
        <translation>学んでいないことに確信を持っています。初期の重みが大きすぎます。別の初期化か、より小さい広がりを選んでください</translation>
    </message>
    <message>
        <source>The rows of one step are trained on again and again, without changes to them and without dropout: their loss has to fall clearly.</source>
        <translation>1 ステップ分の行を、データ拡張もドロップアウトもなしに繰り返し学習します。損失がはっきり下がるはずです。</translation>
    </message>
    <message>
        <source>The run begins from a checkpoint, so that other than guessing is as it should be</source>
        <translation>チェックポイントから始まるので、当て推量と違うのは正常です</translation>
    </message>
    <message>
        <source>The same rows %1 times: the loss falls from %2 to %3 alone. The learning rate may be low, or much of the model frozen; more steps tell more</source>
        <translation>同じ行を %1 回：損失は %2 から %3 までしか下がりません。学習率が低いか、多くが凍結されている可能性があります。ステップを増やすと詳しく分かります</translation>
    </message>
    <message>
        <source>The same rows %1 times: the loss falls from %2 to %3</source>
        <translation>同じ行を %1 回：損失は %2 から %3 に下がります</translation>
    </message>
    <message>
        <source>The same rows %1 times: the loss goes from %2 to %3. A model that cannot learn one batch by heart learns nothing: look at the learning rate, at what is frozen, and whether the loss fits the labels</source>
        <translation>同じ行を %1 回：損失は %2 から %3 になります。1 バッチも丸暗記できないモデルは何も学べません。学習率、凍結、損失とラベルの組み合わせを確認してください</translation>
    </message>
    <message>
        <source>The same rows again and again: at step %1 of %2 the loss is no number, or many times what it was. Lower the learning rate</source>
        <translation>同じ行の繰り返し：%2 ステップ中 %1 で損失が数値でないか何倍にもなりました。学習率を下げてください</translation>
    </message>
    <message>
        <source>The validation part is empty, so that there is nothing to score. Keep some of the data for it</source>
        <translation>検証部分が空なので評価できません。データの一部を検証用に残してください</translation>
    </message>
    <message>
        <source>This model does not compute in double precision: %1</source>
        <translation>このモデルは倍精度で計算できません：%1</translation>
    </message>
    <message>
        <source>Trained while the rate grows from a thousandth of the chosen one to a thousand times as much: where the loss falls fastest, and from where on it rises.</source>
        <translation>設定値の 1000 分の 1 から 1000 倍まで学習率を上げながら学習し、損失が最も速く下がる所と上がり始める所を見ます。</translation>
    </message>
    <message>
        <source>Trained with the labels, and again with the same labels shuffled: the first must be better than chance on held-out rows, the second must not. And whether held-out rows are also learnt from.</source>
        <translation>正しいラベルと、シャッフルしたラベルで学習します。検証用の行で、前者は偶然より良く、後者は偶然並みのはずです。検証用の行が学習にも使われていないかも調べます。</translation>
    </message>
    <message>
        <source>Two sides learn against each other here: no loss has to fall</source>
        <translation>二者が競い合って学ぶので、下がるべき損失がありません</translation>
    </message>
    <message>
        <source>Values whose mean varies between rows by a variance of more than 0.01</source>
        <translation>平均が行によって0.01を超える分散で変わる値の数</translation>
    </message>
    <message>
        <source>Weights that learn</source>
        <translation>学習される重み</translation>
    </message>
    <message>
        <source>What guessing costs is not known of this objective; loss before training %1</source>
        <translation>この目的では当て推量の損失が分かりません。学習前の損失 %1</translation>
    </message>
    <message>
        <source>Whether a gradient reaches every tensor, what is frozen, and whether units of a layer are zero for every row.</source>
        <translation>全テンソルに勾配が届くか、何が凍結されているか、どの行でもゼロのユニットがないかを調べます。</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>対象外</translation>
    </message>
    <message>
        <source>worth a look</source>
        <translation>要確認</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>異常</translation>
    </message>
    <message>
        <source>Bernoulli&apos;s cross entropy is one of values between 0 and 1, and those of this column go from %1 to %2 as the model sees them</source>
        <translation>ベルヌーイのクロスエントロピーには 0 から 1 の値が必要ですが、モデルから見たこの列の値は %1 から %2 です</translation>
    </message>
    <message>
        <source>The text has %1 gaps, but the model was trained with %2 in a window</source>
        <translation>文章には空所が %1 個ありますが、モデルは 1 ウィンドウに %2 個で学習しました</translation>
    </message>
    <message>
        <source>Leave fewer gaps in the text</source>
        <translation>文章の空所を減らしてください</translation>
    </message>
    <message>
        <source>The rows are to be drawn by class, and no classes are known</source>
        <translation>行をクラス別に描く設定ですが、クラスがありません</translation>
    </message>
    <message>
        <source>Choose data whose rows have a class each, or set objective.by_class=false</source>
        <translation>各行にクラスがあるデータを選ぶか、objective.by_class=false にしてください</translation>
    </message>
    <message>
        <source>Spectral normalisation knows the weights that a model began with, and adapters stand beside them</source>
        <translation>スペクトル正規化は最初からある重みにだけ働き、アダプターには使えません</translation>
    </message>
    <message>
        <source>Set start.train to something else than lora, or objective.spectral_norm=false</source>
        <translation>start.train を lora 以外にするか、objective.spectral_norm=false にしてください</translation>
    </message>
    <message>
        <source>A state is carried along a text, and this data is learnt from row by row</source>
        <translation>状態の引き継ぎは連続した文章のためのもので、このデータは行ごとに学習します</translation>
    </message>
    <message>
        <source>Set backbone.carry to false, or choose data that is text alone</source>
        <translation>backbone.carry を false にするか、文章だけのデータを選んでください</translation>
    </message>
    <message>
        <source>The training text has %1 tokens, fewer than a window of %2 for each of the %3 rows of a step, which each read a stretch of their own where the state is carried</source>
        <translation>学習用の文章は %1 トークンで、状態を引き継ぐ %3 行それぞれに %2 トークンのウィンドウを割り当てるには足りません</translation>
    </message>
    <message>
        <source>Lower training.micro_batch or backbone.context, add text, or set backbone.carry to false</source>
        <translation>training.micro_batch か backbone.context を下げるか、文章を増やすか、backbone.carry を false にしてください</translation>
    </message>
    <message>
        <source>The %1 part has no window</source>
        <translation>%1 部分にウィンドウがありません</translation>
    </message>
    <message>
        <source>The value %1 of this column lies too far from all others to be reckoned with</source>
        <translation>この列の値 %1 はほかの値から離れすぎていて計算できません</translation>
    </message>
    <message>
        <source>Mend or remove it, or write the column as logarithms</source>
        <translation>直すか取り除く、または列を対数で書いてください</translation>
    </message>
    <message>
        <source>The two checkpoints have no weight of the same name and shape</source>
        <translation>2 つのチェックポイントには、名前と形状が同じ重みがありません</translation>
    </message>
    <message>
        <source>Compare checkpoints of one run, or of runs with the same backbone</source>
        <translation>同じ実行の、または同じバックボーンの実行のチェックポイントを比較してください</translation>
    </message>
    <message>
        <source>%1 % of the letters are of %2</source>
        <translation>文字の %1 % が %2</translation>
    </message>
    <message>
        <source>%1 rows in all, %2 for each of %3 parameters; the data is gone through %4 times</source>
        <translation>全部で %1 行、%3 個のパラメータ 1 個あたり %2。データを %4 回通ります</translation>
    </message>
    <message>
        <source>%1 rows, %2 a step, as it is set: %3, needs %4</source>
        <translation>%1 行 × 1 ステップに %2 個 (現在の設定)：%3、%4 が必要</translation>
    </message>
    <message>
        <source>%1 rows, %2 a step: %3, needs %4</source>
        <translation>%1 行 × 1 ステップに %2 個：%3、%4 が必要</translation>
    </message>
    <message>
        <source>%1 rows, %2 a step: needs %3, too much</source>
        <translation>%1 行 × 1 ステップに %2 個：%3 が必要で、多すぎます</translation>
    </message>
    <message>
        <source>%1 steps are too few to tell how the loss goes by the rate: %2 or more tell</source>
        <translation>%1 ステップでは学習率と損失の関係を判断するには少なすぎます。%2 ステップ以上が必要です</translation>
    </message>
    <message>
        <source>%1 tokens in all, %2 for each of %3 parameters; the data is gone through %4 times</source>
        <translation>全部で %1 トークン、%3 個のパラメータ 1 個あたり %2。データを %4 回通ります</translation>
    </message>
    <message>
        <source>A checkpoint takes %1; at most %2 lie on the disk at once. With the record of about %3 that is %4; free: %5</source>
        <translation>チェックポイントは %1 で、ディスクには同時に最大 %2 個あります。記録の約 %3 と合わせて %4、空き：%5</translation>
    </message>
    <message>
        <source>A save keeps training waiting for %1, and is written in %2</source>
        <translation>保存は学習を %1 止め、書き込みに %2 かかります</translation>
    </message>
    <message>
        <source>A step of this run had a loss or a gradient that is no number: it would learn nothing</source>
        <translation>この実行のステップで損失または勾配が数でなくなりました：何も学習しません</translation>
    </message>
    <message>
        <source>A step takes %1 (half of %2 took %3 to %4): %5 rows a second</source>
        <translation>1 ステップに %1 かかります (%2 回のうち半数は %3 から %4)：毎秒 %5 行</translation>
    </message>
    <message>
        <source>A step takes %1 (half of %2 took %3 to %4): %5 tokens a second</source>
        <translation>1 ステップに %1 かかります (%2 回のうち半数は %3 から %4)：毎秒 %5 トークン</translation>
    </message>
    <message>
        <source>Amount of training</source>
        <translation>学習の量</translation>
    </message>
    <message>
        <source>An evaluation takes %1, the last one %2</source>
        <translation>評価に %1、最後の評価に %2 かかります</translation>
    </message>
    <message>
        <source>Choose another name; only the result of a curation is replaced</source>
        <translation>別の名前を選んでください。置き換えられるのは整備の結果だけです</translation>
    </message>
    <message>
        <source>Choose text files in UTF-8; unpack archives first</source>
        <translation>UTF-8 のテキストファイルを選んでください。書庫は先に展開してください</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>ディスク</translation>
    </message>
    <message>
        <source>Early stopping may end it before</source>
        <translation>早期終了によりその前に終わることがあります</translation>
    </message>
    <message>
        <source>Estimated by the settings, without the program: %1; free: %2</source>
        <translation>設定からの見積もり (プログラムを除く)：%1、空き：%2</translation>
    </message>
    <message>
        <source>Evaluations and samples take %1 of the time. Set evaluation.every or sampling.every higher, or evaluation.tokens lower</source>
        <translation>評価とサンプルが時間の %1 を占めます。evaluation.every か sampling.every を大きくするか、evaluation.tokens を小さくしてください</translation>
    </message>
    <message>
        <source>IP addresses masked</source>
        <translation>伏せた IP アドレス</translation>
    </message>
    <message>
        <source>It fits where only the last %1 are kept</source>
        <translation>最新の %1 個だけを残せば収まります</translation>
    </message>
    <message>
        <source>Loosen the steps; only to count shows what each of them drops</source>
        <translation>手順を緩めてください。数えるだけにすると、それぞれが何を除くか分かります</translation>
    </message>
    <message>
        <source>Lower optimizer.lr, lengthen schedule.warmup, or set training.clip; look at the data for values out of proportion</source>
        <translation>optimizer.lr を下げるか、schedule.warmup を長くするか、training.clip を設定してください。桁外れの値がデータにないかも確認してください</translation>
    </message>
    <message>
        <source>Make room, or keep the workspace on a larger disk; a smaller model has smaller checkpoints</source>
        <translation>空きを作るか、ワークスペースをより大きいディスクに置いてください。モデルが小さければチェックポイントも小さくなります</translation>
    </message>
    <message>
        <source>Memory ran out with micro-batches of %1 rows</source>
        <translation>%1 行のマイクロバッチでメモリーが足りなくなりました</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>メモリー</translation>
    </message>
    <message>
        <source>Micro-batches of %1 rows were not tried: they would need about %2. Measured with %3 rows</source>
        <translation>%1 行のマイクロバッチは試していません：約 %2 が必要と見込まれます。%3 行で計測しました</translation>
    </message>
    <message>
        <source>Micro-batches of %1 rows, %2 a step, need %3 and train the same</source>
        <translation>%1 行のマイクロバッチを 1 ステップに %2 個にすると %3 で済み、学習は同じです</translation>
    </message>
    <message>
        <source>Micro-batches</source>
        <translation>マイクロバッチ</translation>
    </message>
    <message>
        <source>Name a folder outside of it</source>
        <translation>その外のフォルダーを指定してください</translation>
    </message>
    <message>
        <source>Needs %1 of the GPU&apos;s memory</source>
        <translation>GPU のメモリーが %1 必要です</translation>
    </message>
    <message>
        <source>Needs %1: at most %2 were held, %3 of them before the run began</source>
        <translation>%1 が必要です：最大で %2 を使い、うち %3 は実行の前から使っていました</translation>
    </message>
    <message>
        <source>No document is left, so that nothing was written: none could be read</source>
        <translation>文書が残らないため、何も書いていません: 読めた文書がありません</translation>
    </message>
    <message>
        <source>No document is left, so that nothing was written: the step %1 dropped the last %2, as in: %3</source>
        <translation>文書が残らないため、何も書いていません: 手順 %1 が最後の %2 件を除きました（例: %3）</translation>
    </message>
    <message>
        <source>No smaller micro-batch that was tried fits. Choose a smaller model or a shorter context, training.recompute=on, or an optimizer that remembers less</source>
        <translation>試したどの小さいマイクロバッチも収まりません。モデルを小さくするか、コンテキストを短くするか、training.recompute=on にするか、記憶の少ないオプティマイザを選んでください</translation>
    </message>
    <message>
        <source>None of them is faster than what is set</source>
        <translation>現在の設定より速いものはありません</translation>
    </message>
    <message>
        <source>None of these files is text that can be read: the first is %1</source>
        <translation>読めるテキストのファイルがありません: 最初のものは %1 です</translation>
    </message>
    <message>
        <source>Not tried: even with one row at a time about %1 are needed, and %2 are free</source>
        <translation>試していません：1 行ずつでも約 %1 が必要ですが、空きは %2 です</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数値</translation>
    </message>
    <message>
        <source>Other micro-batches were not tried</source>
        <translation>ほかのマイクロバッチは試していません</translation>
    </message>
    <message>
        <source>Other micro-batches would be other training: rows of a batch say something of each other here</source>
        <translation>ほかのマイクロバッチでは別の学習になります：ここではバッチの行が互いに関わります</translation>
    </message>
    <message>
        <source>Other ways to cut the same rows of a step: what is trained is the same, time and memory are not.</source>
        <translation>ステップの同じ行のほかの分け方：学習は同じで、時間とメモリーが変わります。</translation>
    </message>
    <message>
        <source>Samples take %1</source>
        <translation>サンプルに %1 かかります</translation>
    </message>
    <message>
        <source>Samples take longer than %1 and are not counted in</source>
        <translation>サンプルには %1 より長くかかるため、含めていません</translation>
    </message>
    <message>
        <source>Steps take so long that other micro-batches were not tried</source>
        <translation>ステップが長いため、ほかのマイクロバッチは試していません</translation>
    </message>
    <message>
        <source>Steps, an evaluation, a save and samples as this machine makes them, and what the whole run comes to at that pace.</source>
        <translation>このマシンでのステップ、評価、保存、サンプルの時間と、その速さでの実行全体の時間。</translation>
    </message>
    <message>
        <source>That leaves little for other programs</source>
        <translation>ほかのプログラムの分がほとんど残りません</translation>
    </message>
    <message>
        <source>That leaves little room on the disk</source>
        <translation>ディスクの空きがほとんど残りません</translation>
    </message>
    <message>
        <source>The checkpoint could not be saved: %1</source>
        <translation>チェックポイントを保存できませんでした：%1</translation>
    </message>
    <message>
        <source>The data that is read lies in the folder for the result: %1</source>
        <translation>読むデータが結果のフォルダーの中にあります: %1</translation>
    </message>
    <message>
        <source>The folder %1 holds more than the result of a curation: %2</source>
        <translation>フォルダ %1 にはデータ整備の結果以外のものがあります: %2</translation>
    </message>
    <message>
        <source>The folder %1 was not made by a curation</source>
        <translation>フォルダー %1 は整備で作られたものではありません</translation>
    </message>
    <message>
        <source>The most that steps, evaluation, save and samples held, beside what is free.</source>
        <translation>ステップ、評価、保存、サンプルが使った最大のメモリーと空き。</translation>
    </message>
    <message>
        <source>The result would lie inside the data that is read, %1, and be read with it</source>
        <translation>結果が読むデータ %1 の中に置かれ、一緒に読まれてしまいます</translation>
    </message>
    <message>
        <source>The whole run: %1 steps, %2 evaluations, up to %3 saves; about %4 at this pace</source>
        <translation>実行全体：%1 ステップ、評価 %2 回、保存は最大 %3 回。この速さで約 %4</translation>
    </message>
    <message>
        <source>There is a folder %1 already</source>
        <translation>フォルダー %1 は既にあります</translation>
    </message>
    <message>
        <source>There is no other way to cut the rows of a step</source>
        <translation>ステップの行をほかに分ける方法はありません</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Too little memory: %1 are needed, %2 are free</source>
        <translation>メモリーが足りません：%1 が必要ですが、空きは %2 です</translation>
    </message>
    <message>
        <source>Too small: the run would stop and wait for room</source>
        <translation>小さすぎます：実行は止まって空きを待つことになります</translation>
    </message>
    <message>
        <source>What checkpoints and record take at most, beside the room on the workspace&apos;s disk.</source>
        <translation>チェックポイントと記録が最大でとる量と、ワークスペースのディスクの空き。</translation>
    </message>
    <message>
        <source>What the model sees in all, for each of its parameters, and how often it sees the same.</source>
        <translation>モデルが全部で見る量、パラメータあたりの量、同じものを見る回数。</translation>
    </message>
    <message>
        <source>Whether losses and gradients of the first steps are numbers.</source>
        <translation>最初のステップの損失と勾配が数かどうか。</translation>
    </message>
    <message>
        <source>With %1 rows, %2 a step, the same is trained in %3 less time</source>
        <translation>%1 行 × 1 ステップに %2 個にすると、同じ学習の時間が %3 短くなります</translation>
    </message>
    <message>
        <source>a binary file, or text in UTF-16</source>
        <translation>バイナリーか UTF-16 のファイル</translation>
    </message>
    <message>
        <source>a copy of %1</source>
        <translation>%1 の複製</translation>
    </message>
    <message>
        <source>a document of more than %1</source>
        <translation>%1 を超える文書</translation>
    </message>
    <message>
        <source>a file that cannot be read</source>
        <translation>読めないファイル</translation>
    </message>
    <message>
        <source>a row that is no JSON object</source>
        <translation>JSON オブジェクトでない行</translation>
    </message>
    <message>
        <source>a row without text in the field &quot;%1&quot;</source>
        <translation>フィールド「%1」にテキストのない行</translation>
    </message>
    <message>
        <source>all of it stands in documents before</source>
        <translation>すべて前の文書にあります</translation>
    </message>
    <message>
        <source>an archive, which is not opened</source>
        <translation>書庫（中は開きません）</translation>
    </message>
    <message>
        <source>blocked words masked</source>
        <translation>伏せた禁止語</translation>
    </message>
    <message>
        <source>blocked words met</source>
        <translation>見つかった禁止語</translation>
    </message>
    <message>
        <source>card numbers masked</source>
        <translation>伏せたカード番号</translation>
    </message>
    <message>
        <source>documents that were not UTF-8</source>
        <translation>UTF-8 でなかった文書</translation>
    </message>
    <message>
        <source>documents with characters in another form</source>
        <translation>文字の書き方が違った文書</translation>
    </message>
    <message>
        <source>e-mail addresses masked</source>
        <translation>伏せたメールアドレス</translation>
    </message>
    <message>
        <source>fewer than %1 characters</source>
        <translation>%1 文字未満</translation>
    </message>
    <message>
        <source>fewer than %1 words</source>
        <translation>%1 語未満</translation>
    </message>
    <message>
        <source>has %1 blocked words</source>
        <translation>禁止語が %1 個あります</translation>
    </message>
    <message>
        <source>has the word “%1”</source>
        <translation>「%1」という語があります</translation>
    </message>
    <message>
        <source>in UTF-16 or UTF-32, not in UTF-8</source>
        <translation>UTF-8 でなく UTF-16 か UTF-32 のファイル</translation>
    </message>
    <message>
        <source>letters of %1</source>
        <translation>%1 の文字</translation>
    </message>
    <message>
        <source>long numbers masked</source>
        <translation>伏せた長い番号</translation>
    </message>
    <message>
        <source>measuring other micro-batches</source>
        <translation>ほかのマイクロバッチを計測しています</translation>
    </message>
    <message>
        <source>measuring smaller micro-batches first</source>
        <translation>小さいマイクロバッチを先に計測しています</translation>
    </message>
    <message>
        <source>measuring steps of the run</source>
        <translation>実行のステップを計測しています</translation>
    </message>
    <message>
        <source>more than %1 characters</source>
        <translation>%1 文字より多い</translation>
    </message>
    <message>
        <source>more than %1 words</source>
        <translation>%1 語より多い</translation>
    </message>
    <message>
        <source>nearly as %1: about %2 % in common</source>
        <translation>%1 とほぼ同じ: 約 %2 % が共通</translation>
    </message>
    <message>
        <source>neither UTF-8 nor %1</source>
        <translation>UTF-8 でも %1 でもありません</translation>
    </message>
    <message>
        <source>no letters</source>
        <translation>文字がありません</translation>
    </message>
    <message>
        <source>not UTF-8</source>
        <translation>UTF-8 ではありません</translation>
    </message>
    <message>
        <source>nothing is left of it</source>
        <translation>何も残りません</translation>
    </message>
    <message>
        <source>one pair of words makes up too much of the text: %1 %</source>
        <translation>一つの語の組が多すぎます: 文章の %1 %</translation>
    </message>
    <message>
        <source>phone numbers masked</source>
        <translation>伏せた電話番号</translation>
    </message>
    <message>
        <source>repeated paragraphs or lines taken out</source>
        <translation>取り除いた段落や行の繰り返し</translation>
    </message>
    <message>
        <source>too few lines end in punctuation: %1 %</source>
        <translation>文を終える記号で終わる行が少なすぎます: %1 %</translation>
    </message>
    <message>
        <source>too few words have a letter: %1 %</source>
        <translation>文字を含む語が少なすぎます: %1 %</translation>
    </message>
    <message>
        <source>too many # and … among the words: %1 %</source>
        <translation>語に対して # と … が多すぎます: %1 %</translation>
    </message>
    <message>
        <source>too many lines are items of a list: %1 %</source>
        <translation>箇条書きの行が多すぎます: %1 %</translation>
    </message>
    <message>
        <source>too many lines are repeated: %1 % of the text</source>
        <translation>行の繰り返しが多すぎます: 文章の %1 %</translation>
    </message>
    <message>
        <source>too many lines end in an ellipsis: %1 %</source>
        <translation>省略記号で終わる行が多すぎます: %1 %</translation>
    </message>
    <message>
        <source>too much of the text is repeated runs of words: %1 %</source>
        <translation>語の並びの繰り返しが多すぎます: 文章の %1 %</translation>
    </message>
    <message>
        <source>words are too long: %1 characters in the mean</source>
        <translation>語が長すぎます: 平均 %1 文字</translation>
    </message>
    <message>
        <source>words are too short: %1 characters in the mean</source>
        <translation>語が短すぎます: 平均 %1 文字</translation>
    </message>
</context>
<context>
    <name>CostTexts</name>
    <message>
        <source>Energy: %1, estimated by %2 W</source>
        <translation>電力量: %1(%2 W として見積もり)</translation>
    </message>
    <message>
        <source>Energy: %1, measured</source>
        <translation>電力量: %1(実測)</translation>
    </message>
    <message>
        <source>CO2: %1</source>
        <translation>CO2: %1</translation>
    </message>
    <message>
        <source>Money: %1</source>
        <translation>費用: %1</translation>
    </message>
    <message>
        <source>Nothing measured the energy; Settings can say what the machine draws.</source>
        <translation>電力量は測定されていません。設定でマシンの消費電力を指定できます。</translation>
    </message>
    <message>
        <source>Runs whose energy nobody knows: %1</source>
        <translation>電力量が不明な実行: %1</translation>
    </message>
</context>
<context>
    <name>Metric</name>
    <message>
        <source>Training loss</source>
        <translation>訓練損失</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>検証損失</translation>
    </message>
    <message>
        <source>Validation perplexity</source>
        <translation>検証パープレキシティ</translation>
    </message>
    <message>
        <source>Validation bits per byte</source>
        <translation>検証のバイトあたりビット数</translation>
    </message>
    <message>
        <source>Validation nats per byte</source>
        <translation>検証のバイトあたり nat 数</translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation>検証の正解率</translation>
    </message>
    <message>
        <source>Update ratio of %1</source>
        <translation>%1 の更新比</translation>
    </message>
    <message>
        <source>Gradient norm of %1</source>
        <translation>%1 の勾配ノルム</translation>
    </message>
    <message>
        <source>Loss on the parent&apos;s data</source>
        <translation>親のデータでの損失</translation>
    </message>
    <message>
        <source>Validation: %1</source>
        <translation>検証：%1</translation>
    </message>
    <message>
        <source>Test: %1</source>
        <translation>テスト：%1</translation>
    </message>
    <message>
        <source>Parent&apos;s data: %1</source>
        <translation>親のデータ：%1</translation>
    </message>
    <message>
        <source>Features: %1</source>
        <translation>特徴: %1</translation>
    </message>
    <message>
        <source>k-NN on the features: %1</source>
        <translation>特徴の k-NN：%1</translation>
    </message>
    <message>
        <source>Linear probe of the features: %1</source>
        <translation>特徴の線形プローブ：%1</translation>
    </message>
    <message>
        <source>Dead units of %1</source>
        <translation>%1 の働かないユニット</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Leak</source>
        <translation>リーク</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>保存失敗</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>アラート</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>%1 (%2 times)</source>
        <translation>%1（%2 回）</translation>
    </message>
    <message>
        <source>1 leak</source>
        <translation>リーク 1 件</translation>
    </message>
    <message>
        <source>%1 leaks</source>
        <translation>リーク %1 件</translation>
    </message>
    <message>
        <source>1 failed save</source>
        <translation>保存失敗 1 件</translation>
    </message>
    <message>
        <source>%1 failed saves</source>
        <translation>保存失敗 %1 件</translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>警告 1 件</translation>
    </message>
    <message>
        <source>%1 warnings</source>
        <translation>警告 %1 件</translation>
    </message>
    <message>
        <source>1 alert</source>
        <translation>アラート 1 件</translation>
    </message>
    <message>
        <source>%1 alerts</source>
        <translation>アラート %1 件</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Runs</source>
        <translation>実行一覧</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新しい実行</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>キュー</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 を表示</translation>
    </message>
    <message>
        <source>Datasets</source>
        <translation>データセット</translation>
    </message>
</context>
<context>
    <name>Phase</name>
    <message>
        <source>starting</source>
        <translation>開始中</translation>
    </message>
    <message>
        <source>preparing data</source>
        <translation>データを準備中</translation>
    </message>
    <message>
        <source>building the model</source>
        <translation>モデルを構築中</translation>
    </message>
    <message>
        <source>training</source>
        <translation>学習中</translation>
    </message>
    <message>
        <source>evaluating</source>
        <translation>評価中</translation>
    </message>
    <message>
        <source>saving</source>
        <translation>保存中</translation>
    </message>
    <message>
        <source>sampling</source>
        <translation>生成中</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>停止中</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>waiting for the disk</source>
        <translation>ディスク待ち</translation>
    </message>
</context>
<context>
    <name>PilotPanel</name>
    <message>
        <source>From scratch</source>
        <translation>最初から</translation>
    </message>
    <message>
        <source>Head alone</source>
        <translation>ヘッドのみ</translation>
    </message>
    <message>
        <source>All weights</source>
        <translation>全重み</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Head first</source>
        <translation>ヘッドを先に</translation>
    </message>
</context>
<context>
    <name>SequencePanel</name>
    <message>
        <source>One after another</source>
        <translation>順番に学習</translation>
    </message>
    <message>
        <source>Head first (LP-FT)</source>
        <translation>ヘッドを先に（LP-FT）</translation>
    </message>
    <message>
        <source>Elastic weights (EWC)</source>
        <translation>弾性重み固定（EWC）</translation>
    </message>
    <message>
        <source>Synaptic intelligence</source>
        <translation>シナプス知能（SI）</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>リプレイ</translation>
    </message>
    <message>
        <source>All at once (bound)</source>
        <translation>同時学習（上限）</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>6 layers, width 384, context 256: an hour or so on a good workstation processor, minutes on a GPU.</source>
        <translation>6 層、幅 384、文脈長 256。良いワークステーションの CPU で 1 時間ほど、GPU なら数分です。</translation>
    </message>
    <message>
        <source>A .model file that exists already; empty = learn one from the training text.</source>
        <translation>すでにある .model ファイル。空なら訓練の文章から学習します。</translation>
    </message>
    <message>
        <source>A small language model learns to write stories from a grammar whose entropy is known; needs no file and under two minutes on two cores.</source>
        <translation>エントロピーが分かっている文法から、小さな言語モデルが物語の書き方を学びます。ファイル不要、2 コアで 2 分未満です。</translation>
    </message>
    <message>
        <source>A straight line from the peak to the final rate.</source>
        <translation>ピークから終値まで直線で下げます。</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>勾配累積</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>活性化関数</translation>
    </message>
    <message>
        <source>Adam with decoupled weight decay.</source>
        <translation>重み減衰を分離した Adam。</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>Added to the divisor, against division by zero.</source>
        <translation>ゼロ除算を防ぐため、割る数に加える値。</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Algorithm</source>
        <translation>アルゴリズム</translation>
    </message>
    <message>
        <source>Alphabet size at most; the rarest characters beyond it become unknown.</source>
        <translation>文字種の上限。これを超える最もまれな文字は未知になります。</translation>
    </message>
    <message>
        <source>Another seed draws other documents.</source>
        <translation>シードを変えると別の文書が選ばれます。</translation>
    </message>
    <message>
        <source>Another seed writes other stories.</source>
        <translation>シードを変えると別の物語になります。</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>アーキテクチャ</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>アテンション</translation>
    </message>
    <message>
        <source>Attention heads a layer; must divide the width.</source>
        <translation>層あたりのアテンションヘッド数。幅を割り切る数にします。</translation>
    </message>
    <message>
        <source>BERT&apos;s objective on your text: features for classifying and searching text, seen from both sides.</source>
        <translation>BERT の目的で自分の文章を学習: 両側の文脈から、分類や検索のための特徴を得ます。</translation>
    </message>
    <message>
        <source>BPE pieces learnt from your text, a 4-layer GPT of width 192: a first real language model on a workstation.</source>
        <translation>自分の文章から学習した BPE の断片と、4 層・幅 192 の GPT。ワークステーションでの最初の本格的な言語モデルです。</translation>
    </message>
    <message>
        <source>Before each part (stable, today&apos;s custom) or after it (the first transformer, BERT).</source>
        <translation>各部の前 (安定。現在の慣例) か後 (初代 Transformer、BERT) か。</translation>
    </message>
    <message>
        <source>Beginnings to continue, one a line ([MASK] marks what a masked model fills in); empty = from the validation text.</source>
        <translation>続きを書かせる書き出し。1 行に 1 つ ([MASK] はマスクモデルが埋める場所)。空なら検証の文章から取ります。</translation>
    </message>
    <message>
        <source>Below 1 the likely becomes likelier; 0 = always the likeliest token.</source>
        <translation>1 より小さいと起こりやすいものがさらに選ばれやすくなります。0 なら常に最もありそうなトークン。</translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation>ベータ 1</translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation>ベータ 2</translation>
    </message>
    <message>
        <source>Bias vectors in linear layers and LayerNorm.</source>
        <translation>線形層と LayerNorm のバイアスベクトル。</translation>
    </message>
    <message>
        <source>Biases</source>
        <translation>バイアス</translation>
    </message>
    <message>
        <source>Blocks of attention and feed-forward in the stack.</source>
        <translation>積み重ねるアテンションと順伝播のブロックの数。</translation>
    </message>
    <message>
        <source>Blocks of self-attention and feed-forward layers; GPT, BERT and Llama styles are options of this one kind.</source>
        <translation>自己アテンションと順伝播層のブロック。GPT、BERT、Llama の形式はこの種類の設定です。</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>学習量</translation>
    </message>
    <message>
        <source>Budget unit</source>
        <translation>学習量の単位</translation>
    </message>
    <message>
        <source>Budget, batch, precision and device.</source>
        <translation>学習量、バッチ、精度、デバイス。</translation>
    </message>
    <message>
        <source>By document</source>
        <translation>文書ごと</translation>
    </message>
    <message>
        <source>By file</source>
        <translation>ファイルごと</translation>
    </message>
    <message>
        <source>Byte fallback</source>
        <translation>バイトで代替</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>バイト</translation>
    </message>
    <message>
        <source>Character coverage</source>
        <translation>文字の被覆率</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Choose all pieces of a word together, so that a piece cannot be read off its neighbours.</source>
        <translation>単語の断片をまとめて選び、隣の断片から読み取れないようにします。</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>一定</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>文脈長</translation>
    </message>
    <message>
        <source>Cosine decay</source>
        <translation>コサイン減衰</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>データセット</translation>
    </message>
    <message>
        <source>Decay of the running mean of gradients.</source>
        <translation>勾配の移動平均の減衰率。</translation>
    </message>
    <message>
        <source>Decay of the running mean of squared gradients.</source>
        <translation>勾配の 2 乗の移動平均の減衰率。</translation>
    </message>
    <message>
        <source>Decoupled shrinkage per unit of learning rate; matrices only.</source>
        <translation>学習率の単位あたりの分離した縮小。行列だけに働きます。</translation>
    </message>
    <message>
        <source>Depth scaling</source>
        <translation>深さによる縮小</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>デバイス</translation>
    </message>
    <message>
        <source>Divide the first weights of each residual branch by sqrt(2 layers), as GPT-2 does.</source>
        <translation>各残差枝の初期重みを、GPT-2 のように sqrt(2 × 層数) で割ります。</translation>
    </message>
    <message>
        <source>Documents are</source>
        <translation>文書の単位</translation>
    </message>
    <message>
        <source>Documents drawn at random, the same ones every time: for datasets of many documents.</source>
        <translation>毎回同じように無作為に選ばれた文書。文書の多いデータセット向け。</translation>
    </message>
    <message>
        <source>Draw from the k likeliest tokens only; 0 = all.</source>
        <translation>最もありそうな k 個のトークンからだけ選びます。0 = すべて。</translation>
    </message>
    <message>
        <source>Draw from the smallest set of tokens with this much probability.</source>
        <translation>この確率を占める最小のトークン集合から選びます。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>ドロップアウト</translation>
    </message>
    <message>
        <source>Early stopping</source>
        <translation>早期終了</translation>
    </message>
    <message>
        <source>End with the best weights</source>
        <translation>最良の重みで終える</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>エネルギー</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>イプシロン</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>評価の間隔</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>評価</translation>
    </message>
    <message>
        <source>Every byte is a token: any language, nothing to train, long sequences.</source>
        <translation>すべてのバイトがトークンです。どの言語でも使え、学習は不要ですが、系列は長くなります。</translation>
    </message>
    <message>
        <source>Every character of the text is a token: small alphabets, no training to speak of.</source>
        <translation>文章のすべての文字がトークンです。文字種が少なく、学習はほぼ不要です。</translation>
    </message>
    <message>
        <source>Feed-forward width</source>
        <translation>順伝播層の幅</translation>
    </message>
    <message>
        <source>Fewer than heads = grouped queries; must divide the heads. 0 = as many as heads.</source>
        <translation>ヘッド数より少なくすると、クエリをまとめます。ヘッド数を割り切る数。0 = ヘッド数と同じ。</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Final rate</source>
        <translation>最終学習率</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>GPT with 10 million parameters</source>
        <translation>1,000 万パラメータの GPT</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>勾配クリッピング</translation>
    </message>
    <message>
        <source>Half a cosine from the peak to the final rate.</source>
        <translation>ピークから終値までコサインの半周期。</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>ヘッド</translation>
    </message>
    <message>
        <source>Hidden size of the feed-forward part. 0 = 4 times the width (8/3 times for SwiGLU).</source>
        <translation>順伝播部分の隠れ層の大きさ。0 = 幅の 4 倍 (SwiGLU では 8/3 倍)。</translation>
    </message>
    <message>
        <source>Hide some tokens and guess them from both sides: features for understanding text.</source>
        <translation>いくつかのトークンを隠し、両側から当てます。文章を理解するための特徴になります。</translation>
    </message>
    <message>
        <source>Histograms every</source>
        <translation>ヒストグラムの間隔</translation>
    </message>
    <message>
        <source>How gradients change the weights.</source>
        <translation>勾配が重みをどう変えるか。</translation>
    </message>
    <message>
        <source>How many of the newest checkpoints stay on disk.</source>
        <translation>ディスクに残す新しいチェックポイントの数。</translation>
    </message>
    <message>
        <source>How many to write, about 330 bytes each.</source>
        <translation>書く物語の数。1 つ約 330 バイト。</translation>
    </message>
    <message>
        <source>How order enters: a learned table, fixed sines, or rotation of queries and keys.</source>
        <translation>順序の入れ方: 学習する表、固定の正弦波、クエリとキーの回転。</translation>
    </message>
    <message>
        <source>How text becomes numbers.</source>
        <translation>文章を数に変える方法。</translation>
    </message>
    <message>
        <source>How the learning rate moves over the run.</source>
        <translation>実行の間の学習率の動き。</translation>
    </message>
    <message>
        <source>Initialisation</source>
        <translation>初期化</translation>
    </message>
    <message>
        <source>Keep the best</source>
        <translation>最良を残す</translation>
    </message>
    <message>
        <source>Keep the last</source>
        <translation>最新を残す</translation>
    </message>
    <message>
        <source>Key-value heads</source>
        <translation>キー・バリューのヘッド</translation>
    </message>
    <message>
        <source>Language model with SentencePiece</source>
        <translation>SentencePiece の言語モデル</translation>
    </message>
    <message>
        <source>LayerNorm as in GPT-2, or RMSNorm as in Llama.</source>
        <translation>GPT-2 の LayerNorm か、Llama の RMSNorm。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>層</translation>
    </message>
    <message>
        <source>Layers every</source>
        <translation>層を見る間隔</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>Least gain</source>
        <translation>最小の改善</translation>
    </message>
    <message>
        <source>Linear decay</source>
        <translation>線形減衰</translation>
    </message>
    <message>
        <source>Lines to learn from, drawn at random when there are more; 0 = all.</source>
        <translation>学習に使う行数。多いときは無作為に選びます。0 = すべて。</translation>
    </message>
    <message>
        <source>Longest continuation.</source>
        <translation>続きの最大の長さ。</translation>
    </message>
    <message>
        <source>Longest gradient (global norm) that is used as it is; 0 = no clipping.</source>
        <translation>そのまま使う勾配の最大の長さ (全体のノルム)。0 = クリップしない。</translation>
    </message>
    <message>
        <source>Look ahead along the momentum before each step.</source>
        <translation>各ステップの前にモーメンタムの先を見ます。</translation>
    </message>
    <message>
        <source>Masked language model</source>
        <translation>マスク言語モデル</translation>
    </message>
    <message>
        <source>Masked tokens</source>
        <translation>マスクしたトークン</translation>
    </message>
    <message>
        <source>Masking rate</source>
        <translation>マスクの割合</translation>
    </message>
    <message>
        <source>Memory limit</source>
        <translation>メモリの上限</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>Micro-batch</source>
        <translation>マイクロバッチ</translation>
    </message>
    <message>
        <source>Micro-batches whose gradients add up to one step: a larger batch in the same memory.</source>
        <translation>この数のマイクロバッチの勾配を足して 1 ステップにします。同じメモリでバッチが大きくなります。</translation>
    </message>
    <message>
        <source>Model file</source>
        <translation>モデルファイル</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>モーメンタム</translation>
    </message>
    <message>
        <source>Monitoring</source>
        <translation>監視</translation>
    </message>
    <message>
        <source>Most characters</source>
        <translation>最大文字種</translation>
    </message>
    <message>
        <source>Named files are kept apart: for datasets that come with their own validation files.</source>
        <translation>名前を挙げたファイルを分けておきます。検証用ファイルが付いたデータセット向け。</translation>
    </message>
    <message>
        <source>Names all random choices: weights, order of the data, dropout.</source>
        <translation>重み、データの順序、ドロップアウトなど、すべての無作為な選択を決めます。</translation>
    </message>
    <message>
        <source>Nesterov</source>
        <translation>Nesterov</translation>
    </message>
    <message>
        <source>Next token</source>
        <translation>次のトークン</translation>
    </message>
    <message>
        <source>Non-linearity of the feed-forward part.</source>
        <translation>順伝播部分の非線形関数。</translation>
    </message>
    <message>
        <source>Normalisation</source>
        <translation>正規化</translation>
    </message>
    <message>
        <source>Normalisation place</source>
        <translation>正規化の位置</translation>
    </message>
    <message>
        <source>Numbers used in matrix products; auto takes bf16 where the processor or GPU gains by it.</source>
        <translation>行列積で使う数。auto は、CPU や GPU で速くなるときに bf16 を選びます。</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>オプティマイザ</translation>
    </message>
    <message>
        <source>Optimizer steps, training tokens, passes over the data, or minutes of training.</source>
        <translation>最適化のステップ、訓練トークン、データの周回、または学習の分数。</translation>
    </message>
    <message>
        <source>Patterns of the files kept for a last test.</source>
        <translation>最後のテスト用に取り分けるファイルのパターン。</translation>
    </message>
    <message>
        <source>Patterns of the files kept for validation, such as *valid* or held-out/*; matched against the file name and its path below the folder that holds all files.</source>
        <translation>検証用に取り分けるファイルのパターン (例: *valid* や held-out/*)。ファイル名と、全ファイルを含むフォルダからのパスに照らします。</translation>
    </message>
    <message>
        <source>Peak step size, before the schedule scales it.</source>
        <translation>スケジュールが調整する前の、ピークの歩幅。</translation>
    </message>
    <message>
        <source>Pieces of words, learnt from the training text or loaded from a model: any language, short sequences.</source>
        <translation>訓練の文章から学習した、またはモデルから読んだ単語の断片。どの言語でも使え、系列は短くなります。</translation>
    </message>
    <message>
        <source>Pieces to learn; the separator and the mask come on top.</source>
        <translation>学習する断片の数。区切りとマスクはこれに加わります。</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Predict each token from those before it: a language model that writes text.</source>
        <translation>前のトークンから次のトークンを予測します。文章を書く言語モデルです。</translation>
    </message>
    <message>
        <source>Processor threads for the mathematics; 0 = all cores.</source>
        <translation>計算に使う CPU のスレッド数。0 = すべてのコア。</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>プロンプト</translation>
    </message>
    <message>
        <source>Quick start</source>
        <translation>クイックスタート</translation>
    </message>
    <message>
        <source>Record power and energy of processor and GPU where the machine tells them.</source>
        <translation>機械が教えてくれるとき、CPU と GPU の電力とエネルギーを記録します。</translation>
    </message>
    <message>
        <source>Replaced at random</source>
        <translation>無作為に置き換える割合</translation>
    </message>
    <message>
        <source>Replaced by the mask</source>
        <translation>マスクに置き換える割合</translation>
    </message>
    <message>
        <source>Rotary base</source>
        <translation>回転の基数</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>標本数</translation>
    </message>
    <message>
        <source>Sample every</source>
        <translation>生成の間隔</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>生成例</translation>
    </message>
    <message>
        <source>Save every</source>
        <translation>保存の間隔</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>スケジュール</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>シード</translation>
    </message>
    <message>
        <source>SentencePiece</source>
        <translation>SentencePiece</translation>
    </message>
    <message>
        <source>Sequences in memory at once.</source>
        <translation>一度にメモリに置く系列の数。</translation>
    </message>
    <message>
        <source>Shakespeare on a CPU</source>
        <translation>CPU でシェイクスピア</translation>
    </message>
    <message>
        <source>Share of activations zeroed while training; 0 when every token is seen about once.</source>
        <translation>学習中にゼロにする活性の割合。各トークンをほぼ 1 回しか見ないときは 0。</translation>
    </message>
    <message>
        <source>Share of the bytes after the validation part kept for a last test.</source>
        <translation>検証部分の後で、最後のテスト用に取り分けるバイトの割合。</translation>
    </message>
    <message>
        <source>Share of the chosen tokens that the mask token replaces.</source>
        <translation>選んだトークンのうちマスクに置き換える割合。</translation>
    </message>
    <message>
        <source>Share of the documents kept for a last test.</source>
        <translation>最後のテスト用に取り分ける文書の割合。</translation>
    </message>
    <message>
        <source>Share of the documents kept for validation.</source>
        <translation>検証用に取り分ける文書の割合。</translation>
    </message>
    <message>
        <source>Share of the last step that is kept.</source>
        <translation>前のステップを残す割合。</translation>
    </message>
    <message>
        <source>Share of the peak rate that is left at the end.</source>
        <translation>最後に残るピーク学習率の割合。</translation>
    </message>
    <message>
        <source>Share of the text&apos;s characters that get a piece of their own; 0.9995 suits Japanese and Chinese, 1 small alphabets.</source>
        <translation>自分の断片を持つ文字の割合。日本語や中国語は 0.9995、文字種が少なければ 1。</translation>
    </message>
    <message>
        <source>Share of the tokens that must be guessed.</source>
        <translation>当てるべきトークンの割合。</translation>
    </message>
    <message>
        <source>Share replaced by a random token; the rest stays as it is.</source>
        <translation>無作為なトークンに置き換える割合。残りはそのままです。</translation>
    </message>
    <message>
        <source>Short English stories written by a grammar; needs no file, and the lowest loss that any model can reach is known exactly.</source>
        <translation>文法が書く短い英語の物語。ファイル不要で、どのモデルも下回れない損失が正確に分かります。</translation>
    </message>
    <message>
        <source>Shrinkage added to the gradient; matrices only.</source>
        <translation>勾配に加える縮小。行列だけに働きます。</translation>
    </message>
    <message>
        <source>Size of the vector that stands for one token.</source>
        <translation>1 トークンを表すベクトルの大きさ。</translation>
    </message>
    <message>
        <source>Slowest wavelength of rotary positions; larger for longer contexts.</source>
        <translation>回転位置の最も遅い波長。長い文脈では大きくします。</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>Steps between checkpoints; 0 = only at the end.</source>
        <translation>チェックポイントの間のステップ数。0 = 最後だけ。</translation>
    </message>
    <message>
        <source>Steps between evaluations; 0 = only at the end.</source>
        <translation>評価の間のステップ数。0 = 最後だけ。</translation>
    </message>
    <message>
        <source>Steps between histograms of weights, gradients and activations; 0 = never.</source>
        <translation>重み、勾配、活性のヒストグラムの間のステップ数。0 = しない。</translation>
    </message>
    <message>
        <source>Steps between looks at how far updates move each layer; 0 = never.</source>
        <translation>更新が各層をどれだけ動かすかを見る間隔のステップ数。0 = しない。</translation>
    </message>
    <message>
        <source>Steps between samples; 0 = only at the end.</source>
        <translation>生成の間のステップ数。0 = 最後だけ。</translation>
    </message>
    <message>
        <source>Stochastic gradient descent with momentum, plain or Nesterov&apos;s.</source>
        <translation>モーメンタム付き (通常または Nesterov) の確率的勾配降下法。</translation>
    </message>
    <message>
        <source>Stories</source>
        <translation>物語</translation>
    </message>
    <message>
        <source>Storybook</source>
        <translation>物語集</translation>
    </message>
    <message>
        <source>Tail</source>
        <translation>末尾</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>テスト</translation>
    </message>
    <message>
        <source>Test files</source>
        <translation>テスト用ファイル</translation>
    </message>
    <message>
        <source>Text files</source>
        <translation>テキストファイル</translation>
    </message>
    <message>
        <source>Text files, folders (all files below) and patterns such as corpus/*.txt, one a line.</source>
        <translation>テキストファイル、フォルダ (その下のすべて)、corpus/*.txt のようなパターン。1 行に 1 つ。</translation>
    </message>
    <message>
        <source>The end of the dataset is kept apart: for one long text, and for text in order of time.</source>
        <translation>データセットの末尾を取り分けます。1 つの長い文章や、時間順の文章向け。</translation>
    </message>
    <message>
        <source>The helper that learns the pieces stops when it needs more.</source>
        <translation>断片を学習する補助プログラムは、これより多く必要になると止まります。</translation>
    </message>
    <message>
        <source>The output layer shares the token embedding: fewer parameters.</source>
        <translation>出力層がトークン埋め込みを共有し、パラメータが減ります。</translation>
    </message>
    <message>
        <source>The peak rate from the end of the warm-up to the end of the run.</source>
        <translation>ウォームアップの後、最後までピークの学習率。</translation>
    </message>
    <message>
        <source>The trunk that is trained, and kept for fine-tuning.</source>
        <translation>学習され、微調整のために残る本体。</translation>
    </message>
    <message>
        <source>The usual newcomer&apos;s run: a character model of 4 layers and width 128 on one text file, 2,000 steps.</source>
        <translation>初心者の定番: 1 つのテキストファイルで、4 層・幅 128 の文字モデルを 2,000 ステップ学習します。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>スレッド</translation>
    </message>
    <message>
        <source>Tied embeddings</source>
        <translation>埋め込みの共有</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>トークナイザ</translation>
    </message>
    <message>
        <source>Tokens a sample</source>
        <translation>1 回の生成トークン数</translation>
    </message>
    <message>
        <source>Tokens an evaluation</source>
        <translation>1 回の評価トークン数</translation>
    </message>
    <message>
        <source>Tokens that the model sees at once.</source>
        <translation>モデルが一度に見るトークン数。</translation>
    </message>
    <message>
        <source>Top k</source>
        <translation>Top k</translation>
    </message>
    <message>
        <source>Top p</source>
        <translation>Top p</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Transformer</source>
        <translation>Transformer</translation>
    </message>
    <message>
        <source>Unigram language model (Kudo 2018) or byte-pair encoding (Sennrich et al. 2016).</source>
        <translation>ユニグラム言語モデル (Kudo 2018) またはバイト対符号化 (Sennrich ら 2016)。</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>検証</translation>
    </message>
    <message>
        <source>Validation files</source>
        <translation>検証用ファイル</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>語彙数</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>ウォームアップ</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>重み減衰</translation>
    </message>
    <message>
        <source>What is kept apart to judge the model by.</source>
        <translation>モデルを評価するために取り分けるもの。</translation>
    </message>
    <message>
        <source>What is learnt from.</source>
        <translation>学習に使うもの。</translation>
    </message>
    <message>
        <source>What is recorded of layers and machine, and what raises an alert.</source>
        <translation>層と機械について記録するもの、警告を出すもの。</translation>
    </message>
    <message>
        <source>What is recorded of the layers and the machine, and what raises an alert.</source>
        <translation>層と機械について記録するもの、警告を出すもの。</translation>
    </message>
    <message>
        <source>What the model must predict.</source>
        <translation>モデルが予測すべきもの。</translation>
    </message>
    <message>
        <source>When and how the validation part is scored.</source>
        <translation>検証部分をいつ、どう評価するか。</translation>
    </message>
    <message>
        <source>When checkpoints are written and which are kept.</source>
        <translation>チェックポイントをいつ書き、どれを残すか。</translation>
    </message>
    <message>
        <source>Where to train; auto takes the GPU if there is one.</source>
        <translation>学習する場所。auto は GPU があれば使います。</translation>
    </message>
    <message>
        <source>Which tokens a token may look at; auto takes what the objective needs.</source>
        <translation>トークンがどのトークンを見てよいか。auto は目的に必要なものにします。</translation>
    </message>
    <message>
        <source>Whole part at the end</source>
        <translation>最後は全体で評価</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>単語ごと</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>幅</translation>
    </message>
    <message>
        <source>Window overlap</source>
        <translation>窓の重なり</translation>
    </message>
    <message>
        <source>Writes characters without a piece as bytes, so that no text is lost; costs 256 pieces.</source>
        <translation>断片のない文字をバイトで書き、文章を失いません。断片 256 個を使います。</translation>
    </message>
    <message>
        <source>evaluations</source>
        <translation>回の評価</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>行</translation>
    </message>
    <message>
        <source>pieces</source>
        <translation>断片</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>トークン</translation>
    </message>
    <message>
        <source>A class for each word</source>
        <translation>単語ごとの分類</translation>
    </message>
    <message>
        <source>A label is</source>
        <translation>ラベルの種類</translation>
    </message>
    <message>
        <source>Adapters are scaled by alpha / rank.</source>
        <translation>アダプターは alpha ÷ ランク 倍されます。</translation>
    </message>
    <message>
        <source>All weights, only the head (feature extraction), the head and the last layers, or small adapters (LoRA).</source>
        <translation>すべての重み、ヘッドのみ（特徴抽出）、ヘッドと最後の数層、または小さなアダプター（LoRA）。</translation>
    </message>
    <message>
        <source>Another number draws other examples.</source>
        <translation>別の数にすると別の例が選ばれます。</translation>
    </message>
    <message>
        <source>Another seed draws other folds.</source>
        <translation>別のシードでは別の分け方になります。</translation>
    </message>
    <message>
        <source>Another seed draws other texts.</source>
        <translation>別のシードでは別の文章が選ばれます。</translation>
    </message>
    <message>
        <source>Balance classes</source>
        <translation>クラスの釣り合い</translation>
    </message>
    <message>
        <source>Begin with the checkpoint&apos;s head too; the objective must be the same.</source>
        <translation>チェックポイントのヘッドも引き継ぎます。目的が同じでなければなりません。</translation>
    </message>
    <message>
        <source>Between classes</source>
        <translation>クラスの区切り</translation>
    </message>
    <message>
        <source>Binary cross entropy of each class, or its focal form, which looks at hard cases.</source>
        <translation>クラスごとの二値交差エントロピー、または難しい例を重視する focal 版。</translation>
    </message>
    <message>
        <source>By time</source>
        <translation>時刻で分割</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>チェックポイント</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Cross entropy, or focal, which looks at hard words.</source>
        <translation>交差エントロピー、または難しい単語を重視する focal。</translation>
    </message>
    <message>
        <source>Cross entropy; focal, which looks at hard examples; or hinge, which asks for a margin of 1.</source>
        <translation>交差エントロピー、難しい例を重視する focal、またはマージン 1 を求める hinge。</translation>
    </message>
    <message>
        <source>Cross-validation fold</source>
        <translation>交差検証の分割</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>抽出番号</translation>
    </message>
    <message>
        <source>Dropout before the head</source>
        <translation>ヘッド前のドロップアウト</translation>
    </message>
    <message>
        <source>Each layer learns this many times as fast as the one above it; 1 = all alike.</source>
        <translation>各層は一つ上の層のこの倍率の速さで学習します。1 = すべて同じ。</translation>
    </message>
    <message>
        <source>Error, in deviations of the labels, from which it grows linearly.</source>
        <translation>誤差がラベルの標準偏差のこの倍を超えると線形に増えます。</translation>
    </message>
    <message>
        <source>Every fold has the classes in the same shares.</source>
        <translation>どの分割でもクラスの割合を同じにします。</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>例の数</translation>
    </message>
    <message>
        <source>Files, folders (all files below) and patterns such as reviews/*.csv, one a line.</source>
        <translation>ファイル、フォルダー（中のすべてのファイル）、reviews/*.csv のようなパターンを 1 行に一つ。</translation>
    </message>
    <message>
        <source>First row</source>
        <translation>先頭行</translation>
    </message>
    <message>
        <source>Focus</source>
        <translation>集中度</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>分割番号</translation>
    </message>
    <message>
        <source>Folder of the checkpoint whose weights the run begins with.</source>
        <translation>実行の始まりとする重みのチェックポイントのフォルダー。</translation>
    </message>
    <message>
        <source>Folds</source>
        <translation>分割数</translation>
    </message>
    <message>
        <source>Forgetting probe</source>
        <translation>忘却の測定</translation>
    </message>
    <message>
        <source>From a checkpoint</source>
        <translation>チェックポイントから</translation>
    </message>
    <message>
        <source>From scratch</source>
        <translation>最初から</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Gradual unfreezing: one layer more, from the last to the first, every so many steps; 0 = off.</source>
        <translation>段階的な固定解除：このステップ数ごとに最後の層から最初の層へ一層ずつ学習に加えます。0 = 使わない。</translation>
    </message>
    <message>
        <source>Head first</source>
        <translation>ヘッドを先に</translation>
    </message>
    <message>
        <source>Head&apos;s rate</source>
        <translation>ヘッドの学習率</translation>
    </message>
    <message>
        <source>Hidden layer</source>
        <translation>隠れ層</translation>
    </message>
    <message>
        <source>How little easy cases count; 0 is binary cross entropy.</source>
        <translation>易しい例をどれだけ軽く扱うか。0 は二値交差エントロピー。</translation>
    </message>
    <message>
        <source>How little easy examples count; 0 is cross entropy.</source>
        <translation>易しい例をどれだけ軽く扱うか。0 は交差エントロピー。</translation>
    </message>
    <message>
        <source>How little easy words count; 0 is cross entropy.</source>
        <translation>易しい単語をどれだけ軽く扱うか。0 は交差エントロピー。</translation>
    </message>
    <message>
        <source>How many of the last layers are trained.</source>
        <translation>最後の何層を学習するか。</translation>
    </message>
    <message>
        <source>How texts and labels stand in the files; auto goes by their names.</source>
        <translation>ファイル中の文章とラベルの置き方。auto はファイル名で判断します。</translation>
    </message>
    <message>
        <source>Huber bend</source>
        <translation>Huber の折れ目</translation>
    </message>
    <message>
        <source>Keep the head</source>
        <translation>ヘッドを引き継ぐ</translation>
    </message>
    <message>
        <source>Label column</source>
        <translation>ラベルの列</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>ラベル平滑化</translation>
    </message>
    <message>
        <source>Labelled files</source>
        <translation>ラベル付きファイル</translation>
    </message>
    <message>
        <source>Labelled text</source>
        <translation>ラベル付き文章</translation>
    </message>
    <message>
        <source>Last layers</source>
        <translation>最後の層数</translation>
    </message>
    <message>
        <source>Layer-wise decay</source>
        <translation>層ごとの減衰</translation>
    </message>
    <message>
        <source>Learn from so many examples only, of each class its share: shows what a label is worth. 0 = all.</source>
        <translation>各クラスの割合を保ってこの数の例だけで学習し、ラベルの価値を調べます。0 = すべて。</translation>
    </message>
    <message>
        <source>LoRA alpha</source>
        <translation>LoRA アルファ</translation>
    </message>
    <message>
        <source>LoRA dropout</source>
        <translation>LoRA ドロップアウト</translation>
    </message>
    <message>
        <source>LoRA projections</source>
        <translation>LoRA の対象</translation>
    </message>
    <message>
        <source>LoRA rank</source>
        <translation>LoRA ランク</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>Name or number (from 1) of the column with the label; empty = found by its name, or as the one with the fewest different values.</source>
        <translation>ラベルの列の名前または番号（1 から）。空 = 名前で探すか、値の種類が最も少ない列。</translation>
    </message>
    <message>
        <source>Name or number (from 1) of the column with the text; empty = found by its name, or as the longest one.</source>
        <translation>文章の列の名前または番号（1 から）。空 = 名前で探すか、最も長い列。</translation>
    </message>
    <message>
        <source>Name or number (from 1); empty = found.</source>
        <translation>名前または番号（1 から）。空 = 自動で探します。</translation>
    </message>
    <message>
        <source>Names, or beginnings of names, of weights that stay as they are, such as tokens or blocks.0, one a line.</source>
        <translation>変えない重みの名前またはその先頭（tokens や blocks.0 など）を 1 行に一つ。</translation>
    </message>
    <message>
        <source>Names, parts of speech: every word of a sentence gets a class.</source>
        <translation>固有名や品詞：文の各単語にクラスを付けます。</translation>
    </message>
    <message>
        <source>One class a text, a set of classes, a number, or a class for each word.</source>
        <translation>文章ごとに一つのクラス、クラスの集合、数値、または単語ごとのクラス。</translation>
    </message>
    <message>
        <source>One class a text, or a number.</source>
        <translation>文章ごとに一つのクラスまたは数値。</translation>
    </message>
    <message>
        <source>One of k parts is kept for validation; k runs judge every text once.</source>
        <translation>k 個の部分の一つを検証に使い、k 回の実行ですべての文章を一度ずつ評価します。</translation>
    </message>
    <message>
        <source>Parts of equal size, each of which is the validation part of one run; 0 = one text a fold (leave one out).</source>
        <translation>同じ大きさの部分の数。それぞれが一回の実行の検証部分になります。0 = 1 文ずつ（一つ抜き）。</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>プーリング</translation>
    </message>
    <message>
        <source>Probe every</source>
        <translation>測定の間隔</translation>
    </message>
    <message>
        <source>Probing</source>
        <translation>特徴の測定</translation>
    </message>
    <message>
        <source>Random weights, drawn from the seed.</source>
        <translation>シードから引いた乱数の重み。</translation>
    </message>
    <message>
        <source>Rank of the adapters: more can learn more and costs more.</source>
        <translation>アダプターのランク。大きいほど多くを学べますが費用も増えます。</translation>
    </message>
    <message>
        <source>Score the checkpoint&apos;s own validation data at every evaluation, to see what is forgotten.</source>
        <translation>評価のたびに元のチェックポイントの検証データも採点し、何が忘れられたかを見ます。</translation>
    </message>
    <message>
        <source>Share of the adapters&apos; inputs zeroed while training.</source>
        <translation>学習中に 0 にするアダプター入力の割合。</translation>
    </message>
    <message>
        <source>Share of the features zeroed while training.</source>
        <translation>学習中に 0 にする特徴の割合。</translation>
    </message>
    <message>
        <source>Share of the steps in which only the head is trained, before the rest joins (LP-FT); keeps the features from being torn by a head that knows nothing yet.</source>
        <translation>残りが加わる前にヘッドだけを学習するステップの割合（LP-FT）。まだ何も知らないヘッドに特徴が壊されるのを防ぎます。</translation>
    </message>
    <message>
        <source>Share of the target spread over all classes, against overconfidence.</source>
        <translation>自信過剰を防ぐため、目標のこの割合をすべてのクラスに分けます。</translation>
    </message>
    <message>
        <source>Share of the texts of each class kept for a last test.</source>
        <translation>最後のテストのために取り分ける、各クラスの文章の割合。</translation>
    </message>
    <message>
        <source>Share of the texts of each class kept for validation.</source>
        <translation>検証のために取り分ける、各クラスの文章の割合。</translation>
    </message>
    <message>
        <source>Share of the texts, the later ones, kept for validation.</source>
        <translation>検証のために取り分ける、後の文章の割合。</translation>
    </message>
    <message>
        <source>Share of the texts, the latest ones, kept for a last test.</source>
        <translation>最後のテストのために取り分ける、最も新しい文章の割合。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Stratified</source>
        <translation>層別</translation>
    </message>
    <message>
        <source>Text column</source>
        <translation>文章の列</translation>
    </message>
    <message>
        <source>Texts drawn at random, of each class the same share: for labelled data.</source>
        <translation>各クラスから同じ割合で無作為に選びます。ラベル付きデータ向け。</translation>
    </message>
    <message>
        <source>The backbone of a trained model, all of it or part of it trained further.</source>
        <translation>学習済みモデルのバックボーンの全部または一部をさらに学習します。</translation>
    </message>
    <message>
        <source>The head&apos;s learning rate is this many times that of the last layer.</source>
        <translation>ヘッドの学習率は最後の層のこの倍になります。</translation>
    </message>
    <message>
        <source>The latest texts are kept apart, by a column of the table: for data that drifts.</source>
        <translation>表の列に従って最も新しい文章を取り分けます。時とともに変わるデータ向け。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>学習する部分</translation>
    </message>
    <message>
        <source>Training examples</source>
        <translation>学習例の数</translation>
    </message>
    <message>
        <source>Unfreeze every</source>
        <translation>固定解除の間隔</translation>
    </message>
    <message>
        <source>Weigh each class by the inverse of its share, so that rare ones count as much.</source>
        <translation>各クラスを割合の逆数で重み付けし、少ないクラスも同じだけ効くようにします。</translation>
    </message>
    <message>
        <source>What stands between the classes of a set.</source>
        <translation>集合のクラスの間に置く文字。</translation>
    </message>
    <message>
        <source>What the frozen features say of labelled texts, while they are trained.</source>
        <translation>学習の途中で、固定した特徴がラベル付き文章をどれだけ説明するか。</translation>
    </message>
    <message>
        <source>What the frozen features say of labelled texts.</source>
        <translation>固定した特徴がラベル付き文章をどれだけ説明するか。</translation>
    </message>
    <message>
        <source>Where the weights come from, and which of them are trained.</source>
        <translation>重みをどこから取り、どれを学習するか。</translation>
    </message>
    <message>
        <source>Whether the first row of a table names the columns.</source>
        <translation>表の先頭行が列名かどうか。</translation>
    </message>
    <message>
        <source>Which fold is kept for validation in this run, from 1.</source>
        <translation>この実行で検証に使う分割（1 から）。</translation>
    </message>
    <message>
        <source>Your own texts with a class, a set of classes, a number, or a class for each word.</source>
        <translation>クラス、クラスの集合、数値、または単語ごとのクラスの付いた手持ちの文章。</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>層</translation>
    </message>
    <message>
        <source>Fresh weights</source>
        <translation>新しい重み</translation>
    </message>
    <message>
        <source>Take only the tokenizer and the shape of the backbone, with random weights: the baseline that shows what the checkpoint&apos;s training is worth.</source>
        <translation>トークナイザーとバックボーンの形だけを使い、重みは乱数にします。チェックポイントの学習にどれだけの価値があるかを示す比較基準です。</translation>
    </message>
    <message>
        <source>Steps over which the rate climbs from near 0 to its peak; below 1: this share of the run.</source>
        <translation>学習率が 0 付近から最大値まで上がるステップ数。1 未満なら実行全体に対する割合です。</translation>
    </message>
    <message>
        <source>A run that is stopped early goes back to its best checkpoint before the last evaluation; that one is then kept in any case.</source>
        <translation>早期終了した実行は、最後の評価の前に最良のチェックポイントへ戻ります。そのチェックポイントは必ず残ります。</translation>
    </message>
    <message>
        <source>Cells are cut at</source>
        <translation>セルの区切り</translation>
    </message>
    <message>
        <source>Column of the table with the time: numbers, or dates like 2026-01-31, 31.01.2026 or 31/01/2026.</source>
        <translation>時刻の入った列: 数、または 2026-01-31、31.01.2026、31/01/2026 のような日付。</translation>
    </message>
    <message>
        <source>Embedding scale</source>
        <translation>埋め込みの倍率</translation>
    </message>
    <message>
        <source>End the run after so many evaluations in a row without a better main metric (accuracy of classes, loss of text...); 0 = never.</source>
        <translation>主指標 (クラスの正解率、文章の損失など) がこの回数続けて良くならなければ実行を終えます。0 = しない。</translation>
    </message>
    <message>
        <source>Field with the text</source>
        <translation>文章のフィールド</translation>
    </message>
    <message>
        <source>How much better the main metric must be to count, in its own unit.</source>
        <translation>主指標がどれだけ良くなれば改善とみなすか (その単位で)。</translation>
    </message>
    <message>
        <source>How texts and labels stand in the files: a table, JSON lines, a text a line in one file a class, a text a file in one folder a class, or a word a line as in CoNLL. auto goes by the files&apos; names and content.</source>
        <translation>ファイルでの文章とラベルの並び: 表、JSON 行、クラスごとのファイルに 1 行 1 文章、クラスごとのフォルダに 1 ファイル 1 文章、または CoNLL のような 1 行 1 単語。auto はファイル名と内容から決めます。</translation>
    </message>
    <message>
        <source>Norms and biases too</source>
        <translation>正規化とバイアスも</translation>
    </message>
    <message>
        <source>Plain text, JSON rows (one object a line, or one array of objects), or a table of which one column is the text. auto goes by the files&apos; names and content.</source>
        <translation>プレーンテキスト、JSON 行 (1 行 1 オブジェクト、またはオブジェクトの配列)、または 1 列が文章である表。auto はファイル名と内容から決めます。</translation>
    </message>
    <message>
        <source>The checkpoint with the best main metric on the validation part stays too.</source>
        <translation>検証部分で主指標が最良のチェックポイントも残します。</translation>
    </message>
    <message>
        <source>Train the norms and biases of the backbone beside the adapters: well under a hundredth of the weights.</source>
        <translation>アダプタのほかにバックボーンの正規化とバイアスも学習します: 重みの 100 分の 1 未満です。</translation>
    </message>
    <message>
        <source>What one document of plain text is: a whole file, each line, or paragraphs between blank lines.</source>
        <translation>プレーンテキストの 1 文書: ファイル全体、各行、または空行の間の段落。</translation>
    </message>
    <message>
        <source>What stands between the cells of a row. auto goes by a first line such as sep=; and by what gives rows of equal length; with semicolon or tab, numbers may have a decimal comma.</source>
        <translation>行のセルの間の文字。auto は sep=; のような最初の行と、行の長さがそろう文字から決めます。セミコロンとタブでは小数にコンマを使えます。</translation>
    </message>
    <message>
        <source>What token vectors are multiplied by before positions join: nothing, or the root of the width as in the first transformer; auto does so with fixed sines, whose amplitude of 1 would drown vectors of 0.02.</source>
        <translation>位置を足す前にトークンのベクトルへ掛ける値: なし、または最初のトランスフォーマのように幅の平方根。auto は固定の正弦波のときに掛けます。振幅 1 の波に 0.02 のベクトルが埋もれるためです。</translation>
    </message>
    <message>
        <source>Which field of JSON rows, or which column of a table, holds the text; a dot goes into an object, as in meta.text.</source>
        <translation>JSON 行のどのフィールド、または表のどの列が文章か。meta.text のように点でオブジェクトの中へ入ります。</translation>
    </message>
    <message>
        <source>Your own text: plain files, JSON rows or a column of a table, UTF-8.</source>
        <translation>自分の文章: プレーンファイル、JSON 行、または表の 1 列。UTF-8。</translation>
    </message>
    <message>
        <source>A second quick start, on pictures: coloured shapes that the program draws itself, told apart within a minute.</source>
        <translation>画像による 2 つ目のクイックスタート: プログラムが自ら描く色つきの図形を、短時間で見分けます。</translation>
    </message>
    <message>
        <source>Another seed draws other pictures.</source>
        <translation>シードを変えると別の画像が描かれます。</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>データ拡張</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>明るさ</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>チャンネル数</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>クラス</translation>
    </message>
    <message>
        <source>Class names</source>
        <translation>クラス名</translation>
    </message>
    <message>
        <source>Convolutional network</source>
        <translation>畳み込みネットワーク</translation>
    </message>
    <message>
        <source>Convolutions</source>
        <translation>畳み込み層数</translation>
    </message>
    <message>
        <source>Convolutions in each stage.</source>
        <translation>各ステージの畳み込み層の数。</translation>
    </message>
    <message>
        <source>Cutout</source>
        <translation>カットアウト</translation>
    </message>
    <message>
        <source>Data that comes with test files of its own: they are the test part, and validation is drawn from the rest.</source>
        <translation>テスト用ファイルが付属するデータ: それをテスト部分とし、検証用は残りから抽出します。</translation>
    </message>
    <message>
        <source>Drawn pictures of coloured shapes with a caption each; needs no file, and every property of a picture is known.</source>
        <translation>説明文つきの色つき図形を描いた画像。ファイルは不要で、画像のすべての属性が分かっています。</translation>
    </message>
    <message>
        <source>Each ends with a map of half the height and width, and has twice the channels of the one before.</source>
        <translation>ステージごとに縦横は半分、チャンネル数は前の 2 倍になります。</translation>
    </message>
    <message>
        <source>Files, folders (all files below) and patterns, one a line. Pictures and labels belong together by their names, such as train-images-idx3-ubyte and train-labels-idx1-ubyte; both may be packed with gzip.</source>
        <translation>ファイル、フォルダ (配下の全ファイル)、パターンを 1 行に 1 つ。画像とラベルは train-images-idx3-ubyte と train-labels-idx1-ubyte のように名前で対応づけられ、どちらも gzip 圧縮できます。</translation>
    </message>
    <message>
        <source>Filters of the first stage.</source>
        <translation>最初のステージのフィルタ数。</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>左右反転</translation>
    </message>
    <message>
        <source>Fully connected layer</source>
        <translation>全結合層</translation>
    </message>
    <message>
        <source>Fully connected layers in the stack.</source>
        <translation>重ねる全結合層の数。</translation>
    </message>
    <message>
        <source>Handwritten digits, or any data in IDX files: two stages of convolutions, about 99 % right on the test part.</source>
        <translation>手書き数字、または IDX ファイルの任意のデータ: 畳み込み 2 ステージで、テスト部分の正解率は約 99 %。</translation>
    </message>
    <message>
        <source>Height and width of a filter; odd, so that it has a middle.</source>
        <translation>フィルタの縦横。中心をもつように奇数にします。</translation>
    </message>
    <message>
        <source>Height and width of a picture.</source>
        <translation>画像の縦横。</translation>
    </message>
    <message>
        <source>How many to draw.</source>
        <translation>描く枚数。</translation>
    </message>
    <message>
        <source>How often left and right are swapped; 0 where that would change the class, as with digits and letters.</source>
        <translation>左右を入れ替える割合。数字や文字のようにクラスが変わる場合は 0 にします。</translation>
    </message>
    <message>
        <source>How training rows are changed, so that no two passes see the same.</source>
        <translation>毎回同じものを見ないように、学習用の行をどう変化させるか。</translation>
    </message>
    <message>
        <source>IDX pictures</source>
        <translation>IDX 画像</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>カーネル</translation>
    </message>
    <message>
        <source>Largest change of brightness: 0.2 makes it 0.8 to 1.2 times as bright.</source>
        <translation>明るさの最大の変化: 0.2 なら 0.8～1.2 倍。</translation>
    </message>
    <message>
        <source>Largest rotation either way.</source>
        <translation>両方向の最大回転角。</translation>
    </message>
    <message>
        <source>Largest shift across and down; the gap is filled with the pixels at the picture&apos;s edge.</source>
        <translation>縦横の最大の移動量。空いた部分は画像の端の画素で埋めます。</translation>
    </message>
    <message>
        <source>MNIST by a convolutional network</source>
        <translation>畳み込みネットワークで MNIST</translation>
    </message>
    <message>
        <source>Multilayer perceptron</source>
        <translation>多層パーセプトロン</translation>
    </message>
    <message>
        <source>Names of the classes, one a line, in the order of the label numbers from 0 on; empty = the numbers are the names.</source>
        <translation>クラス名を 1 行に 1 つ、ラベル番号 0 からの順に。空なら番号が名前になります。</translation>
    </message>
    <message>
        <source>No tokens</source>
        <translation>トークンなし</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>ノイズ</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Patterns of the files kept for a last test, such as *test*; matched against the file name and its path below the folder that holds all files.</source>
        <translation>最終テストに取り置くファイルのパターン (例: *test*)。ファイル名と、全ファイルを含むフォルダからのパスに照合されます。</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>枚数</translation>
    </message>
    <message>
        <source>Pictures are shifted, flipped, turned, dimmed or partly covered, a little and anew in every pass.</source>
        <translation>画像を毎回少しずつ、移動・反転・回転・明暗の変化・部分的な覆いで変化させます。</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>回転</translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation>図形</translation>
    </message>
    <message>
        <source>Shapes by a convolutional network</source>
        <translation>畳み込みネットワークで図形</translation>
    </message>
    <message>
        <source>Share of each layer&apos;s outputs zeroed while training.</source>
        <translation>学習中に 0 にする、各層の出力の割合。</translation>
    </message>
    <message>
        <source>Share of the documents kept for a last test where no file is named so.</source>
        <translation>該当するファイルがないとき、最終テストに取り置く文書の割合。</translation>
    </message>
    <message>
        <source>Share of the documents of the other files kept for validation.</source>
        <translation>他のファイルの文書のうち、検証に取り置く割合。</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>移動</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>一辺</translation>
    </message>
    <message>
        <source>Side of a square that is covered with the picture&apos;s mean, so that no single detail decides; 0 = none.</source>
        <translation>画像の平均値で覆う正方形の一辺。一つの細部だけで決まらないようにします。0 = なし。</translation>
    </message>
    <message>
        <source>Small changes of pictures</source>
        <translation>画像の小さな変化</translation>
    </message>
    <message>
        <source>Small pictures with a class each, in the file format of MNIST.</source>
        <translation>MNIST のファイル形式の、クラスつきの小さな画像。</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>ステージ数</translation>
    </message>
    <message>
        <source>Stages of convolutions with pooling between them, then a fully connected layer or the mean of each channel.</source>
        <translation>プーリングを挟む畳み込みステージの後に、全結合層またはチャンネルごとの平均。</translation>
    </message>
    <message>
        <source>Standard deviation of the noise added to every value, as a share of the range from dark to bright: more makes the task harder.</source>
        <translation>各値に加えるノイズの標準偏差 (暗から明までの範囲に対する割合)。大きいほど課題は難しくなります。</translation>
    </message>
    <message>
        <source>Test without such files</source>
        <translation>該当ファイルがないときのテスト</translation>
    </message>
    <message>
        <source>Training rows stay as they are in every pass.</source>
        <translation>学習用の行は毎回そのままです。</translation>
    </message>
    <message>
        <source>Units of each layer.</source>
        <translation>各層のユニット数。</translation>
    </message>
    <message>
        <source>Units of the layer over all values of the last map. 0 = none: the features are the mean of each channel.</source>
        <translation>最後のマップのすべての値に対する層のユニット数。0 = なし: 特徴量は各チャンネルの平均になります。</translation>
    </message>
    <message>
        <source>What halves a map: the largest of 2 x 2 values, their mean, or a stage&apos;s last convolution by moving two pixels at a time.</source>
        <translation>マップを半分にする方法: 2 x 2 の最大値、平均値、またはステージ最後の畳み込みを 2 画素ずつ動かす。</translation>
    </message>
    <message>
        <source>Which property of a picture is its class; the others are known as well, and results can be looked at by them.</source>
        <translation>画像のどの属性をクラスとするか。他の属性も分かっていて、結果をそれらで分けて見られます。</translation>
    </message>
    <message>
        <source>degrees</source>
        <translation>度</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>画素</translation>
    </message>
    <message>
        <source>A run of its own</source>
        <translation>単独の実行</translation>
    </message>
    <message>
        <source>A sequence begins here: what the checkpoint knows of earlier tasks is left behind.</source>
        <translation>ここから系列が始まります。チェックポイントが持つ以前のタスクの情報は引き継ぎません。</translation>
    </message>
    <message>
        <source>Any number of classes for each text or picture: tags, emotions, what stands in a picture.</source>
        <translation>テキストや画像ごとに任意の数のクラス: タグ、感情、画像に写っているものなど。</translation>
    </message>
    <message>
        <source>By which later tasks and results know this one.</source>
        <translation>後のタスクや結果がこのタスクを呼ぶ名前。</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>分類</translation>
    </message>
    <message>
        <source>Examples of each earlier task that go on being shown, in every step as many as of this one; 0 = none.</source>
        <translation>以前の各タスクから引き続き見せる例の数。各ステップでこのタスクと同数を見せます。0 = なし。</translation>
    </message>
    <message>
        <source>First task</source>
        <translation>最初のタスク</translation>
    </message>
    <message>
        <source>Folder of a checkpoint whose model is imitated beside the text (distillation); empty = none. It must have this run&apos;s tokenizer.</source>
        <translation>テキストに加えて模倣するモデルのチェックポイントのフォルダー（蒸留）。空欄 = なし。この実行と同じトークナイザーが必要です。</translation>
    </message>
    <message>
        <source>Goes on from the task before, carries the heads of earlier tasks along, and may keep those tasks from being forgotten.</source>
        <translation>直前のタスクから続け、以前のタスクのヘッドを引き継ぎ、それらが忘れられるのを防ぐこともできます。</translation>
    </message>
    <message>
        <source>Hold weights</source>
        <translation>重みの保持</translation>
    </message>
    <message>
        <source>Hold weights that mattered for earlier tasks: by elastic weight consolidation (ewc) or synaptic intelligence (si). Every task of a sequence must say the same.</source>
        <translation>以前のタスクで重要だった重みを保ちます：弾性重み固定（ewc）またはシナプス知能（si）。系列のすべてのタスクで同じ値にする必要があります。</translation>
    </message>
    <message>
        <source>How firmly they are held: about 100 with ewc, about 1 with si.</source>
        <translation>重みを保つ強さ：ewc では約 100、si では約 1。</translation>
    </message>
    <message>
        <source>Learn and judge by the examples of these classes alone, one a line, in this order; empty = all.</source>
        <translation>ここに挙げたクラスの例だけで学習と評価を行います。1 行に 1 つ、この順番で。空欄 = すべて。</translation>
    </message>
    <message>
        <source>Nothing of earlier tasks is kept.</source>
        <translation>以前のタスクについては何も保持しません。</translation>
    </message>
    <message>
        <source>Only classes</source>
        <translation>使うクラス</translation>
    </message>
    <message>
        <source>Regression</source>
        <translation>回帰</translation>
    </message>
    <message>
        <source>Replayed examples</source>
        <translation>再生する例</translation>
    </message>
    <message>
        <source>Sequence of tasks</source>
        <translation>一連のタスク</translation>
    </message>
    <message>
        <source>Several classes at once</source>
        <translation>複数のクラスを同時に</translation>
    </message>
    <message>
        <source>Share of the teacher in what is minimised; the text has the rest.</source>
        <translation>最小化する量に占める教師の割合。残りはテキストの分です。</translation>
    </message>
    <message>
        <source>Softens what the teacher and the pupil say before they are compared.</source>
        <translation>比較する前に教師と生徒の出力を滑らかにします。</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>強さ</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>タスク</translation>
    </message>
    <message>
        <source>Task of a sequence</source>
        <translation>一連のタスクの一つ</translation>
    </message>
    <message>
        <source>Tasks beside</source>
        <translation>並行するタスク</translation>
    </message>
    <message>
        <source>Tasks that are learnt at the same time, each with a head of its own and passed over as often as this one, one a line: {&quot;name&quot;: ..., &quot;dataset&quot;: {...}}, the dataset as the section dataset of a spec.</source>
        <translation>同時に学習するタスク。それぞれ専用のヘッドを持ち、このタスクと同じ回数だけ反復します。1 行に 1 つ：{&quot;name&quot;: ..., &quot;dataset&quot;: {...}}（dataset は仕様の dataset セクションと同じ形）。</translation>
    </message>
    <message>
        <source>Teacher</source>
        <translation>教師</translation>
    </message>
    <message>
        <source>Weigh what has a class by how many lack it for each that has it, so that a rare class is not simply denied.</source>
        <translation>そのクラスを持つものを、持つもの1つに対して持たないものがいくつあるかで重み付けし、まれなクラスが単に否定されないようにします。</translation>
    </message>
    <message>
        <source>Weight of the teacher</source>
        <translation>教師の重み</translation>
    </message>
    <message>
        <source>Whether the run is one task of several that are learnt in turn.</source>
        <translation>順に学習する複数のタスクのうちの一つかどうか。</translation>
    </message>
    <message>
        <source>Width of a layer between features and output; 0 = none.</source>
        <translation>特徴と出力の間に置く層の幅。0 = なし。</translation>
    </message>
    <message>
        <source>A class</source>
        <translation>1 つのクラス</translation>
    </message>
    <message>
        <source>A file for each class</source>
        <translation>クラスごとに 1 ファイル</translation>
    </message>
    <message>
        <source>A folder for each class</source>
        <translation>クラスごとに 1 フォルダー</translation>
    </message>
    <message>
        <source>A number</source>
        <translation>数値</translation>
    </message>
    <message>
        <source>A set of classes</source>
        <translation>クラスの集合</translation>
    </message>
    <message>
        <source>A word a line</source>
        <translation>1 行に 1 語</translation>
    </message>
    <message>
        <source>Absolute error</source>
        <translation>絶対誤差</translation>
    </message>
    <message>
        <source>After each part</source>
        <translation>各部の後</translation>
    </message>
    <message>
        <source>All weights</source>
        <translation>すべての重み</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>BatchNorm</source>
        <translation>BatchNorm</translation>
    </message>
    <message>
        <source>Before each part</source>
        <translation>各部の前</translation>
    </message>
    <message>
        <source>Bidirectional</source>
        <translation>双方向</translation>
    </message>
    <message>
        <source>Binary cross entropy</source>
        <translation>2 値交差エントロピー</translation>
    </message>
    <message>
        <source>Byte pairs (BPE)</source>
        <translation>バイト対符号化 (BPE)</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Causal</source>
        <translation>因果 (前のみ)</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>色</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>コンマ</translation>
    </message>
    <message>
        <source>Cross entropy</source>
        <translation>交差エントロピー</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>データ</translation>
    </message>
    <message>
        <source>EWC</source>
        <translation>EWC</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>エポック</translation>
    </message>
    <message>
        <source>Fixed sines</source>
        <translation>固定の正弦波</translation>
    </message>
    <message>
        <source>Focal</source>
        <translation>フォーカル損失</translation>
    </message>
    <message>
        <source>GELU</source>
        <translation>GELU</translation>
    </message>
    <message>
        <source>GPT-2</source>
        <translation>GPT-2</translation>
    </message>
    <message>
        <source>GPU (CUDA)</source>
        <translation>GPU (CUDA)</translation>
    </message>
    <message>
        <source>He</source>
        <translation>He</translation>
    </message>
    <message>
        <source>Head alone</source>
        <translation>ヘッドのみ</translation>
    </message>
    <message>
        <source>Hinge</source>
        <translation>ヒンジ損失</translation>
    </message>
    <message>
        <source>How long to train, counted in the unit of the budget.</source>
        <translation>学習する長さ。下の単位で数えます。</translation>
    </message>
    <message>
        <source>Huber</source>
        <translation>Huber 損失</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON 行</translation>
    </message>
    <message>
        <source>JSON rows</source>
        <translation>JSON の行</translation>
    </message>
    <message>
        <source>Largest value</source>
        <translation>最大値</translation>
    </message>
    <message>
        <source>LayerNorm</source>
        <translation>LayerNorm</translation>
    </message>
    <message>
        <source>LeCun</source>
        <translation>LeCun</translation>
    </message>
    <message>
        <source>Learned table</source>
        <translation>学習する表</translation>
    </message>
    <message>
        <source>Learning rate while only the head is trained. The schedule then runs once over each of the two parts, in the second with the optimizer&apos;s own rate. 0 = one schedule over both, with the optimizer&apos;s rate and the head&apos;s rate below.</source>
        <translation>ヘッドだけを学習する間の学習率。スケジュールは二つの段階それぞれで最初から進み、二番目の段階ではオプティマイザーの学習率を使います。0 = 両方を通して一つのスケジュール（オプティマイザーの学習率と下のヘッドの学習率）。</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>行</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>分</translation>
    </message>
    <message>
        <source>Names of the columns</source>
        <translation>列の名前</translation>
    </message>
    <message>
        <source>Names of what gets an adapter, one a line; empty = all that the architecture has. Which names there are depends on it: the answer to a wrong one lists them. A table of tokens among them is adapted for labelled texts alone.</source>
        <translation>アダプターを付けるものの名前 (1 行に 1 つ)。空欄ならアーキテクチャにあるすべて。使える名前はアーキテクチャによって異なり、誤った名前を入れると一覧が表示されます。その中のトークンの表は、ラベル付きテキストの場合だけ調整されます。</translation>
    </message>
    <message>
        <source>Paragraphs</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>プレーンテキスト</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>RMSNorm</source>
        <translation>RMSNorm</translation>
    </message>
    <message>
        <source>Rate of the first part</source>
        <translation>最初の段階の学習率</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>Root of the width</source>
        <translation>幅の平方根</translation>
    </message>
    <message>
        <source>Rotary</source>
        <translation>回転 (RoPE)</translation>
    </message>
    <message>
        <source>Say nothing</source>
        <translation>何も言わない</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>セミコロン</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大きさ</translation>
    </message>
    <message>
        <source>Squared error</source>
        <translation>二乗誤差</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>Stop the run</source>
        <translation>実行を停止する</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>ストライド</translation>
    </message>
    <message>
        <source>SwiGLU</source>
        <translation>SwiGLU</translation>
    </message>
    <message>
        <source>Synaptic intelligence</source>
        <translation>シナプス知能 (SI)</translation>
    </message>
    <message>
        <source>TSV</source>
        <translation>TSV</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>タブ</translation>
    </message>
    <message>
        <source>Texture</source>
        <translation>質感</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>トークン</translation>
    </message>
    <message>
        <source>Unigram</source>
        <translation>ユニグラム</translation>
    </message>
    <message>
        <source>Vertical bar</source>
        <translation>縦棒</translation>
    </message>
    <message>
        <source>Warn</source>
        <translation>警告する</translation>
    </message>
    <message>
        <source>Whole files</source>
        <translation>ファイル全体</translation>
    </message>
    <message>
        <source>Xavier</source>
        <translation>Xavier</translation>
    </message>
    <message>
        <source>bf16</source>
        <translation>bf16</translation>
    </message>
    <message>
        <source>fp32</source>
        <translation>fp32</translation>
    </message>
    <message>
        <source>tanh</source>
        <translation>tanh</translation>
    </message>
    <message>
        <source>100 classes</source>
        <translation>100クラス</translation>
    </message>
    <message>
        <source>20 groups</source>
        <translation>20グループ</translation>
    </message>
    <message>
        <source>3 for colours, 1 for grey. Transparency is laid over white.</source>
        <translation>3はカラー、1はグレー。透明な部分は白の上に重ねます。</translation>
    </message>
    <message>
        <source>A box of each picture comes from another, which counts in the loss by the box&apos;s area. The share that stays is drawn as with mixup; 0 = off. With both on, each picture takes one of them by a coin.</source>
        <translation>各画像の一部の矩形を別の画像で置き換え、その画像のラベルを矩形の面積に応じて損失に数えます。残る割合は mixup と同じように引きます。0 = 使わない。両方を使うときは、画像ごとに半々の確率でどちらか一方になります。</translation>
    </message>
    <message>
        <source>A text is cut into spans of so many tokens, which are shuffled each on its own.</source>
        <translation>テキストをこの数のトークンずつの区間に切り、それぞれの中で並べ替えます。</translation>
    </message>
    <message>
        <source>A tower for pictures and one for captions, which meet in one space; of pictures alone the image tower by itself.</source>
        <translation>画像用とキャプション用のタワーが 1 つの空間で出会います。画像だけのデータでは画像タワーだけを使います。</translation>
    </message>
    <message>
        <source>Are an error</source>
        <translation>エラーにする</translation>
    </message>
    <message>
        <source>Are left out</source>
        <translation>除外する</translation>
    </message>
    <message>
        <source>Attention heads a layer of it; must divide its width.</source>
        <translation>デコーダの 1 層あたりのアテンションヘッド数。デコーダの幅を割り切る必要があります。</translation>
    </message>
    <message>
        <source>Attention heads of a block, in both towers where they are transformers; must divide their widths.</source>
        <translation>ブロックのアテンションヘッド数。トランスフォーマーである両方のタワーに使われ、それぞれの幅を割り切る必要があります。</translation>
    </message>
    <message>
        <source>Basic</source>
        <translation>基本</translation>
    </message>
    <message>
        <source>Between convolution and activation: each channel by the batch, each place by its channels, or groups of a picture&apos;s channels.</source>
        <translation>畳み込みと活性化の間: チャンネルごとにバッチで、位置ごとに全チャンネルで、または画像のチャンネルのグループごとに正規化します。</translation>
    </message>
    <message>
        <source>Between layer and activation: by the batch, by each row alone, or by groups of a row&apos;s units.</source>
        <translation>層と活性化の間: バッチで、行ごとに、または行のユニットのグループごとに正規化します。</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>ブロック</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>ブロック数</translation>
    </message>
    <message>
        <source>Blocks begin as nothing</source>
        <translation>ブロックを無から始める</translation>
    </message>
    <message>
        <source>Blocks by stage</source>
        <translation>ステージごとのブロック数</translation>
    </message>
    <message>
        <source>Blocks of the transformer that reads the captions.</source>
        <translation>キャプションを読むトランスフォーマーのブロック数。</translation>
    </message>
    <message>
        <source>Blocks that fill in what is hidden; they are thrown away after pretraining.</source>
        <translation>隠された部分を復元するブロックの数。事前学習の後は捨てられます。</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>ぼかし</translation>
    </message>
    <message>
        <source>Bottleneck</source>
        <translation>ボトルネック</translation>
    </message>
    <message>
        <source>By activation</source>
        <translation>活性化関数による</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>フォルダー名</translation>
    </message>
    <message>
        <source>CIFAR pictures</source>
        <translation>CIFAR画像</translation>
    </message>
    <message>
        <source>Caption column</source>
        <translation>キャプションの列</translation>
    </message>
    <message>
        <source>Caption length</source>
        <translation>キャプションの長さ</translation>
    </message>
    <message>
        <source>Class column</source>
        <translation>クラスの列</translation>
    </message>
    <message>
        <source>Class token</source>
        <translation>クラストークン</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>クラス</translation>
    </message>
    <message>
        <source>Classes of CIFAR-100</source>
        <translation>CIFAR-100のクラス</translation>
    </message>
    <message>
        <source>Clothes in grey, ten classes, harder than digits. Debian&apos;s package dataset-fashion-mnist is found where it installs; else choose a folder with its four files.</source>
        <translation>グレーの衣類画像、10クラス。数字より難しいデータです。Debianのパッケージdataset-fashion-mnistがあればその場所から読み込みます。なければ4つのファイルの入ったフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Clothes in grey: a random crop of each picture is to find another of it among 4,096 pictures of earlier steps. The labels serve the probes alone, which show what the features have learnt. Debian&apos;s package dataset-fashion-mnist is found where it installs; else choose a folder with its four files.</source>
        <translation>灰色の衣類の画像: 各画像から無作為に切り出した一つが、以前のステップの 4,096 枚の中から同じ画像の別の切り出しを見つけます。ラベルは、特徴が何を学んだかを示すプローブだけに使います。Debian のパッケージ dataset-fashion-mnist は、インストール先から見つけます。なければ四つのファイルのあるフォルダを選んでください。</translation>
    </message>
    <message>
        <source>Clothes in grey: by how many quarters was a picture turned? The labels serve the probes alone, which show what the features have learnt. Debian&apos;s package dataset-fashion-mnist is found where it installs; else choose a folder with its four files.</source>
        <translation>灰色の衣類の画像: 90 度単位で何回まわされたかを当てます。ラベルは、特徴が何を学んだかを示すプローブだけに使います。Debian のパッケージ dataset-fashion-mnist は、インストール先から見つけます。なければ四つのファイルのあるフォルダを選んでください。</translation>
    </message>
    <message>
        <source>Clothes in grey: two random crops of each picture are to find each other among 254 others. The labels serve the probes alone, which show what the features have learnt. Debian&apos;s package dataset-fashion-mnist is found where it installs; else choose a folder with its four files.</source>
        <translation>灰色の衣類の画像: 各画像から無作為に切り出した二つが、ほかの 254 個の中から互いを見つけます。ラベルは、特徴が何を学んだかを示すプローブだけに使います。Debian のパッケージ dataset-fashion-mnist は、インストール先から見つけます。なければ四つのファイルのあるフォルダを選んでください。</translation>
    </message>
    <message>
        <source>Colour jitter</source>
        <translation>色のゆらぎ</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Column or field that says which part of the data a row is of, such as train or test; the split by test files then finds it as if it were a folder&apos;s name. Empty = there is none.</source>
        <translation>行がデータのどの部分（train、test など）かを示す列またはフィールド。テスト用ファイルによる分割が、フォルダー名のように見つけます。空 = ありません。</translation>
    </message>
    <message>
        <source>Column or field with the caption.</source>
        <translation>キャプションがある列またはフィールド。</translation>
    </message>
    <message>
        <source>Column or field with the picture&apos;s class, which zero-shot accuracy asks for; empty = there are none.</source>
        <translation>画像のクラスがある列またはフィールド。ゼロショット正解率に使います。空 = クラスはありません。</translation>
    </message>
    <message>
        <source>Column or field with the picture&apos;s file.</source>
        <translation>画像のファイルがある列またはフィールド。</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>畳み込み</translation>
    </message>
    <message>
        <source>Convolutions in blocks whose input is added to what they make of it, so that many of them can be trained; then the mean of each channel.</source>
        <translation>入力を出力に足し合わせる畳み込みのブロック。多く重ねても学習できます。最後にチャンネルごとの平均を取ります。</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>切る</translation>
    </message>
    <message>
        <source>Cut off</source>
        <translation>切り落とす</translation>
    </message>
    <message>
        <source>Cutmix</source>
        <translation>CutMix</translation>
    </message>
    <message>
        <source>Cuts a picture into patches and reads them with a transformer&apos;s blocks of self-attention and feed-forward layers.</source>
        <translation>画像をパッチに切り分け、Transformer の自己注意と順伝播のブロックで読み取ります。</translation>
    </message>
    <message>
        <source>Drawings with captions (CLIP)</source>
        <translation>キャプション付きの絵 (CLIP)</translation>
    </message>
    <message>
        <source>Dropped tokens</source>
        <translation>取り除くトークン</translation>
    </message>
    <message>
        <source>Each but the first halves the map, and each has twice the channels of the one before.</source>
        <translation>最初以外の各ステージはマップの縦横を半分にし、チャンネル数は前のステージの 2 倍です。</translation>
    </message>
    <message>
        <source>Each picture becomes a weighted mean of itself and another, and so does the loss of their labels. The weight is drawn from a Beta distribution with this on both sides: 0.2 leaves most pictures nearly whole, 1 draws every weight alike; 0 = off.</source>
        <translation>各画像を自身と別の画像の加重平均に置き換え、ラベルの損失も同じ重みで混ぜます。重みは両側のパラメータがこの値のベータ分布から引きます。0.2 ではほとんどの画像がほぼ元のまま残り、1 ではどの重みも等しい確率になります。0 = 使わない。</translation>
    </message>
    <message>
        <source>Each picture is found by its caption among those of the micro-batch, and the caption by its picture: both are brought into one space.</source>
        <translation>マイクロバッチの中で、キャプションから画像を、画像からキャプションを見つけます。両方を 1 つの空間に置きます。</translation>
    </message>
    <message>
        <source>Each view is a part of the picture, brought back to its size: from this share of the area up to all of it, 3:4 to 4:3 wide. 1 = always the whole picture.</source>
        <translation>各ビューは画像の一部を元の大きさに戻したものです。面積はこの割合から全体まで、縦横比は 3:4 から 4:3 です。1 = 常に画像全体。</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>埋め込み</translation>
    </message>
    <message>
        <source>Fashion-MNIST by a convolutional network</source>
        <translation>畳み込みネットワークによるFashion-MNIST</translation>
    </message>
    <message>
        <source>Fashion-MNIST by masked patches</source>
        <translation>パッチのマスクによる Fashion-MNIST</translation>
    </message>
    <message>
        <source>Fashion-MNIST without labels, by MoCo</source>
        <translation>ラベルなしの Fashion-MNIST、MoCo</translation>
    </message>
    <message>
        <source>Fashion-MNIST without labels, by SimCLR</source>
        <translation>ラベルなしの Fashion-MNIST、SimCLR</translation>
    </message>
    <message>
        <source>Fashion-MNIST without labels, by rotation</source>
        <translation>ラベルなしの Fashion-MNIST、回転</translation>
    </message>
    <message>
        <source>Faulty pictures</source>
        <translation>読めない画像</translation>
    </message>
    <message>
        <source>Features of clothes without a label: a vision transformer sees a quarter of each picture, and a small decoder fills in the rest. To be fine-tuned or probed afterwards.</source>
        <translation>ラベルなしで衣類の特徴を学びます。Vision Transformer が各画像の 4 分の 1 を見て、小さなデコーダが残りを復元します。その後にファインチューニングやプローブを行います。</translation>
    </message>
    <message>
        <source>Feed-forward factor</source>
        <translation>順伝播の倍率</translation>
    </message>
    <message>
        <source>File column</source>
        <translation>ファイルの列</translation>
    </message>
    <message>
        <source>Files, folders (all files below) and patterns, one a line: data_batch_1.bin to test_batch.bin of CIFAR-10, train.bin and test.bin of CIFAR-100. Names of the classes are taken from the .txt files beside them.</source>
        <translation>ファイル、フォルダー（その下のすべてのファイル）、パターンを1行に1つ。CIFAR-10ではdata_batch_1.binからtest_batch.binまで、CIFAR-100ではtrain.binとtest.bin。クラスの名前は同じ場所の.txtファイルから取ります。</translation>
    </message>
    <message>
        <source>Files, folders and patterns with labelled data, one a line; none = the run&apos;s own data, where it has labels.</source>
        <translation>ラベル付きデータのファイル、フォルダー、パターンを 1 行に 1 つずつ。空欄なら、ラベルがある場合に実行自身のデータを使います。</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>埋める</translation>
    </message>
    <message>
        <source>Filters of the first stage. Bottleneck blocks hand on four times as many.</source>
        <translation>最初のステージのフィルター数。ボトルネックブロックはその 4 倍を次へ渡します。</translation>
    </message>
    <message>
        <source>First temperature</source>
        <translation>最初の温度</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>画像フォルダー</translation>
    </message>
    <message>
        <source>Folders (all files below), archives (.tar, .tar.gz, .zip), files and patterns, one a line. JPEG and PNG pictures are read.</source>
        <translation>フォルダー（その下のすべてのファイル）、書庫（.tar、.tar.gz、.zip）、ファイル、パターンを1行に1つ。JPEGとPNGの画像を読み込みます。</translation>
    </message>
    <message>
        <source>For large pictures</source>
        <translation>大きな画像用</translation>
    </message>
    <message>
        <source>For small pictures</source>
        <translation>小さな画像用</translation>
    </message>
    <message>
        <source>Fully connected layers</source>
        <translation>全結合層の数</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>グレー化</translation>
    </message>
    <message>
        <source>GroupNorm</source>
        <translation>GroupNorm</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>グループ数</translation>
    </message>
    <message>
        <source>Handwritten digits, or any data in IDX files of 28 x 28 pixels: a small vision transformer that reads 49 patches, for two passes.</source>
        <translation>手書き数字、または 28 x 28 ピクセルの IDX ファイルのデータ。49 個のパッチを読む小さな Vision Transformer を 2 周学習します。</translation>
    </message>
    <message>
        <source>Heads of the decoder</source>
        <translation>デコーダのヘッド</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高さ</translation>
    </message>
    <message>
        <source>Height and width of the patches that a picture is cut into.</source>
        <translation>画像を切り分けるパッチの高さと幅。</translation>
    </message>
    <message>
        <source>Height and width of the squares that a picture is cut into; must divide its height and its width. Half of it makes four times the patches.</source>
        <translation>画像を切り分ける正方形の一辺。画像の高さと幅を割り切る必要があります。半分にするとパッチの数は 4 倍になります。</translation>
    </message>
    <message>
        <source>Height and width that every picture is brought to.</source>
        <translation>すべての画像をそろえる高さと幅。</translation>
    </message>
    <message>
        <source>Hidden share</source>
        <translation>隠す割合</translation>
    </message>
    <message>
        <source>Hidden size of the feed-forward part, in times of the width.</source>
        <translation>順伝播部分の隠れ層の大きさ（幅の何倍か）。</translation>
    </message>
    <message>
        <source>Hide most of a picture and fill it in from the rest: features without labels.</source>
        <translation>画像の大部分を隠し、残りから復元します。ラベルなしで特徴を学びます。</translation>
    </message>
    <message>
        <source>How many follow each other, of as many units each; VGG has two. Nothing where there are none.</source>
        <translation>続けて重ねる、同じユニット数の全結合層の数。VGG は 2 層です。全結合層がなければ意味はありません。</translation>
    </message>
    <message>
        <source>How often a token is left out; one is always left.</source>
        <translation>トークンを取り除く頻度。少なくとも 1 つは残ります。</translation>
    </message>
    <message>
        <source>How often a view is blurred; 0.5 for photographs, 0 for pictures of few pixels, which have little to lose.</source>
        <translation>ビューをぼかす頻度。写真では 0.5、画素数が少なくぼかす余地のない画像では 0 が目安です。</translation>
    </message>
    <message>
        <source>How often a view loses its colours. Means nothing for pictures that have none.</source>
        <translation>ビューから色を除く頻度。もともと色のない画像では意味を持ちません。</translation>
    </message>
    <message>
        <source>How often the tokens of a span are put in another order; 0 = never.</source>
        <translation>区間のトークンを別の順に並べ替える頻度。0 = 並べ替えない。</translation>
    </message>
    <message>
        <source>How the place of a patch enters: a learned table, or fixed sines of its row and its column. Without, the order of the patches is not seen.</source>
        <translation>パッチの位置の与え方。学習する表、または行と列の固定の正弦波。なしにすると、パッチの並びは見えません。</translation>
    </message>
    <message>
        <source>Image and text (CLIP)</source>
        <translation>画像とテキスト (CLIP)</translation>
    </message>
    <message>
        <source>Image layers</source>
        <translation>画像側の層数</translation>
    </message>
    <message>
        <source>Image tower</source>
        <translation>画像タワー</translation>
    </message>
    <message>
        <source>Image width</source>
        <translation>画像側の幅</translation>
    </message>
    <message>
        <source>Its 100 classes, or the 20 groups of them. CIFAR-10 has one sort of classes.</source>
        <translation>100クラスか、それらをまとめた20グループか。CIFAR-10のクラスは1種類です。</translation>
    </message>
    <message>
        <source>Labelled texts lose some of their tokens or have them shuffled within short spans, anew in every pass.</source>
        <translation>ラベル付きテキストのトークンの一部を取り除いたり、短い区間の中で並べ替えたりします。毎回新しく引き直します。</translation>
    </message>
    <message>
        <source>Largest scaling either way, besides the crop&apos;s: 0.2 makes things 0.8 to 1.2 times as large. The gap is filled with the pixels at the picture&apos;s edge.</source>
        <translation>切り出しとは別の、拡大・縮小それぞれの最大の変化。0.2 では 0.8 倍から 1.2 倍になります。隙間は画像の端の画素で埋めます。</translation>
    </message>
    <message>
        <source>Largest shift across and down, as a share of the side; the gap is filled with the pixels at the picture&apos;s edge.</source>
        <translation>縦横の最大のずれ。辺の長さに対する割合です。隙間は画像の端の画素で埋めます。</translation>
    </message>
    <message>
        <source>Largest standard deviation of noise, as a share of full brightness; each view draws its own.</source>
        <translation>ノイズの標準偏差の最大値。最大の明るさに対する割合で、ビューごとに引き直します。</translation>
    </message>
    <message>
        <source>Largest standard deviation of the blur.</source>
        <translation>ぼかしの標準偏差の最大値。</translation>
    </message>
    <message>
        <source>Layers of the decoder</source>
        <translation>デコーダの層</translation>
    </message>
    <message>
        <source>Leaky ReLU</source>
        <translation>Leaky ReLU</translation>
    </message>
    <message>
        <source>Least blur</source>
        <translation>ぼかしの最小</translation>
    </message>
    <message>
        <source>Leave the row out</source>
        <translation>その行を除く</translation>
    </message>
    <message>
        <source>Length of spans</source>
        <translation>区間の長さ</translation>
    </message>
    <message>
        <source>MNIST by a vision transformer</source>
        <translation>Vision Transformer による MNIST</translation>
    </message>
    <message>
        <source>Masked patches</source>
        <translation>パッチのマスク</translation>
    </message>
    <message>
        <source>Mixup</source>
        <translation>Mixup</translation>
    </message>
    <message>
        <source>MoCo</source>
        <translation>MoCo</translation>
    </message>
    <message>
        <source>Most blur</source>
        <translation>ぼかしの最大</translation>
    </message>
    <message>
        <source>Most channels</source>
        <translation>最大チャンネル数</translation>
    </message>
    <message>
        <source>Non-linearity behind each convolution and each fully connected layer.</source>
        <translation>各畳み込み層と各全結合層の後の非線形関数。</translation>
    </message>
    <message>
        <source>Non-linearity behind each convolution, and behind each sum of block and shortcut.</source>
        <translation>各畳み込みの後と、ブロックとショートカットの和の後の非線形関数。</translation>
    </message>
    <message>
        <source>Normalise patches</source>
        <translation>パッチの正規化</translation>
    </message>
    <message>
        <source>Of neighbouring channels that are normalised together; they must divide the channels of every stage.</source>
        <translation>まとめて正規化する隣り合うチャンネルのグループの数。どのステージのチャンネル数も割り切る必要があります。</translation>
    </message>
    <message>
        <source>Of neighbouring units that are normalised together; they must divide the width.</source>
        <translation>まとめて正規化する隣り合うユニットのグループの数。幅を割り切る必要があります。</translation>
    </message>
    <message>
        <source>Of the space that pictures and captions are projected into, and compared in.</source>
        <translation>画像とキャプションを射影して比べる空間の次元数。</translation>
    </message>
    <message>
        <source>Other proportions</source>
        <translation>縦横比が異なるとき</translation>
    </message>
    <message>
        <source>Part column</source>
        <translation>区分の列</translation>
    </message>
    <message>
        <source>Past a block that changes size or channels: a convolution of 1 x 1 pixels (option B of the paper), or every other pixel with zeros for the further channels (option A, no weights).</source>
        <translation>大きさやチャンネル数を変えるブロックの迂回路: 1 x 1 画素の畳み込み (論文の選択肢 B)、または 1 画素おきの値に増えたチャンネルを 0 で補ったもの (選択肢 A、重みなし)。</translation>
    </message>
    <message>
        <source>Patch</source>
        <translation>パッチ</translation>
    </message>
    <message>
        <source>Photographs by a residual network</source>
        <translation>残差ネットワークによる写真の分類</translation>
    </message>
    <message>
        <source>Photographs of 32 x 32 pixels in a folder or an archive, a folder for each class below train and test, as CIFAR-10 is often kept: a small residual network.</source>
        <translation>フォルダーか書庫に入った32×32画素の写真。CIFAR-10によくあるように、trainとtestの下にクラスごとのフォルダーがあるもの。小さな残差ネットワークで学習します。</translation>
    </message>
    <message>
        <source>Photographs of 32 x 32 pixels with a class each, in the binary form of CIFAR-10 and CIFAR-100.</source>
        <translation>クラスの付いた32×32画素の写真。CIFAR-10とCIFAR-100のバイナリー形式。</translation>
    </message>
    <message>
        <source>Pictures of earlier steps that each picture is held against, so that a small micro-batch will do. 0 = the others of its micro-batch, to which accumulation adds none.</source>
        <translation>各画像と比べる、以前のステップの画像の数です。これにより小さなマイクロバッチで足ります。0 = 同じマイクロバッチのほかの画像と比べます (勾配の累積では増えません)。</translation>
    </message>
    <message>
        <source>Pictures that the program draws learn to find their captions. A quarter of the combinations of shape and colour is kept for the test: the class of a picture nobody has seen is told by captions alone.</source>
        <translation>プログラムが描く画像が、自分のキャプションを見つけることを学びます。形と色の組み合わせの 4 分の 1 をテスト用に残し、誰も見たことのない画像のクラスをキャプションだけで言い当てます。</translation>
    </message>
    <message>
        <source>Pictures with captions</source>
        <translation>キャプション付きの画像</translation>
    </message>
    <message>
        <source>Pixels that all pictures are brought to; 0 = as they are, which must be one size then.</source>
        <translation>すべての画像をそろえる画素数。0はそのままで、その場合はすべて同じ大きさでなければなりません。</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>キュー</translation>
    </message>
    <message>
        <source>Residual blocks in each stage; 3 stages of 3 basic blocks with 16 channels are ResNet-20.</source>
        <translation>各ステージの残差ブロックの数。16 チャンネルの基本ブロック 3 個を 3 ステージ重ねると ResNet-20 です。</translation>
    </message>
    <message>
        <source>Residual network</source>
        <translation>残差ネットワーク</translation>
    </message>
    <message>
        <source>Say by how many quarters a picture was turned, which takes to know what it shows: features from pictures without labels. Each step sees every picture four times.</source>
        <translation>画像が 90 度単位で何回まわされたかを当てます。それには何が写っているかを知る必要があるため、ラベルのない画像から特徴を学べます。各ステップでどの画像も四回見ます。</translation>
    </message>
    <message>
        <source>Scaling</source>
        <translation>拡大縮小</translation>
    </message>
    <message>
        <source>Shapes with captions (CLIP)</source>
        <translation>キャプション付きの図形 (CLIP)</translation>
    </message>
    <message>
        <source>Share of activations zeroed in both towers while training.</source>
        <translation>訓練中に両方のタワーで 0 にする活性の割合。</translation>
    </message>
    <message>
        <source>Share of activations zeroed while training.</source>
        <translation>学習中に 0 にする活性値の割合。</translation>
    </message>
    <message>
        <source>Share of its own weights that the copy of the model, which makes the keys, keeps at each step; the rest comes from the model that is trained. The fewer the steps, the lower.</source>
        <translation>キーを作るモデルのコピーが、各ステップで自分の重みを保つ割合です。残りは学習中のモデルから取り込みます。ステップ数が少ないほど低くします。</translation>
    </message>
    <message>
        <source>Share of the combinations of shape and colour whose pictures lie in a file of their own, called &quot;unseen&quot;, though each shape and each colour stands in the others as well: the split by test files keeps it apart where it is told this name.</source>
        <translation>形と色の組み合わせのうち、&quot;unseen&quot; という別のファイルに置くものの割合。どの形もどの色も、ほかの組み合わせには現れます。テスト用ファイルによる分割にこの名前を指定すると、別にしておけます。</translation>
    </message>
    <message>
        <source>Share of the patches that are hidden and must be filled in. Pictures repeat themselves: where little is hidden, the neighbours of a patch give it away.</source>
        <translation>隠して復元させるパッチの割合。画像には繰り返しが多く、隠す量が少ないと隣のパッチから答えが分かってしまいます。</translation>
    </message>
    <message>
        <source>Share of values zeroed before each fully connected layer while training; without one, of the features.</source>
        <translation>学習中に各全結合層の前で 0 にする値の割合。全結合層がなければ特徴に対する割合です。</translation>
    </message>
    <message>
        <source>Shared width</source>
        <translation>共有空間の幅</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>ショートカット</translation>
    </message>
    <message>
        <source>Shuffled spans</source>
        <translation>並べ替える区間</translation>
    </message>
    <message>
        <source>SiLU</source>
        <translation>SiLU</translation>
    </message>
    <message>
        <source>Sigmoid</source>
        <translation>シグモイド</translation>
    </message>
    <message>
        <source>SimCLR</source>
        <translation>SimCLR</translation>
    </message>
    <message>
        <source>Size of a token&apos;s vector in the text tower.</source>
        <translation>テキストタワーでのトークンのベクトルの大きさ。</translation>
    </message>
    <message>
        <source>Size of the vector that stands for a patch in it.</source>
        <translation>デコーダの中で 1 つのパッチを表すベクトルの大きさ。</translation>
    </message>
    <message>
        <source>Size of the vector that stands for one patch.</source>
        <translation>1 つのパッチを表すベクトルの大きさ。</translation>
    </message>
    <message>
        <source>Small changes of texts</source>
        <translation>テキストの小さな変更</translation>
    </message>
    <message>
        <source>Smallest crop</source>
        <translation>最小の切り出し</translation>
    </message>
    <message>
        <source>Smallest standard deviation of the blur.</source>
        <translation>ぼかしの標準偏差の最小値。</translation>
    </message>
    <message>
        <source>Stem</source>
        <translation>入口</translation>
    </message>
    <message>
        <source>Steps between looks at what the frozen features say of labelled data, by nearest neighbours and a linear model; 0 = never.</source>
        <translation>凍結した特徴がラベル付きデータについて何を語るかを、最近傍法と線形モデルで調べる間隔（ステップ）。0 = 調べません。</translation>
    </message>
    <message>
        <source>Stop and say so</source>
        <translation>止めて知らせる</translation>
    </message>
    <message>
        <source>Strength of changes of brightness, contrast, saturation and hue, made to four views in five: 0.5 for small pictures, 1 for photographs. Of grey pictures brightness and contrast alone.</source>
        <translation>明るさ、コントラスト、彩度、色相の変化の強さ。5 つに 4 つのビューに加えます。小さな画像では 0.5、写真では 1 が目安です。グレーの画像では明るさとコントラストだけが変わります。</translation>
    </message>
    <message>
        <source>Stretch</source>
        <translation>引き伸ばす</translation>
    </message>
    <message>
        <source>Strong random views of pictures: parts of them with other colours, for learning without labels and against overfitting.</source>
        <translation>画像のランダムな強いビュー。一部を切り出して色を変えます。ラベルなしの学習や過学習の抑制に使います。</translation>
    </message>
    <message>
        <source>Supervised contrastive</source>
        <translation>教師ありコントラスト学習</translation>
    </message>
    <message>
        <source>Text layers</source>
        <translation>テキスト側の層数</translation>
    </message>
    <message>
        <source>Text width</source>
        <translation>テキスト側の幅</translation>
    </message>
    <message>
        <source>The last norm of each block begins at zero, or without norms its last convolution, so that the network begins as shallow as its shortcuts.</source>
        <translation>各ブロックの最後の正規化 (正規化がなければ最後の畳み込み) の重みを 0 から始め、ネットワークを最初はショートカットだけの浅いものにします。</translation>
    </message>
    <message>
        <source>Tokens of a caption that are read; the rest is cut off.</source>
        <translation>キャプションのうち読まれるトークン数。残りは切り捨てられます。</translation>
    </message>
    <message>
        <source>Two convolutions of 3 x 3 pixels, or one between two of 1 x 1 that narrow and widen it again (for deep networks).</source>
        <translation>3 x 3 画素の畳み込み 2 層、またはチャンネルを狭めて戻す 1 x 1 の 2 層に挟まれた 3 x 3 の 1 層 (深いネットワーク向け)。</translation>
    </message>
    <message>
        <source>Two towers</source>
        <translation>2 つのタワー</translation>
    </message>
    <message>
        <source>Two views of each picture are found among pictures of earlier steps, kept in a queue by a slower copy of the model: features from pictures without labels, with small micro-batches.</source>
        <translation>各画像の二つのビューを、以前のステップの画像の中から見つけさせます。それらはゆっくり追従するモデルのコピーがキューに蓄えます。小さなマイクロバッチでも、ラベルのない画像から特徴を学べます。</translation>
    </message>
    <message>
        <source>Two views of each picture, changed by chance, are found among all others: features from pictures without labels. The loss depends on the number of pictures in a micro-batch.</source>
        <translation>各画像から無作為に変えた二つのビューを作り、ほかのすべての中から互いを見つけさせます。ラベルのない画像から特徴を学びます。損失はマイクロバッチの画像数によって変わります。</translation>
    </message>
    <message>
        <source>Unreadable files</source>
        <translation>読めないファイル</translation>
    </message>
    <message>
        <source>Unseen combinations</source>
        <translation>未見の組み合わせ</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>ビュー</translation>
    </message>
    <message>
        <source>Views of pictures of one class are pulled together and those of others pushed away; a classifier is then trained on the features.</source>
        <translation>同じクラスの画像のビューを近づけ、ほかのクラスのものを遠ざけます。その後、得られた特徴の上で分類器を学習します。</translation>
    </message>
    <message>
        <source>Vision transformer</source>
        <translation>Vision Transformer</translation>
    </message>
    <message>
        <source>What becomes of a picture that is no square: its longer ends are cut off, the rest is filled with the mean of its edge, or it is stretched.</source>
        <translation>正方形でない画像の扱い: 長いほうの端を切る、残りを縁の平均で埋める、引き伸ばす。</translation>
    </message>
    <message>
        <source>What becomes of a picture whose proportions are not those of the size: its longer ends are cut off, the rest is filled with the mean of its edge, or it is stretched.</source>
        <translation>縦横比が指定の大きさと異なる画像の扱い。長いほうの両端を切り落とす、余った部分を縁の平均色で埋める、または引き伸ばします。</translation>
    </message>
    <message>
        <source>What happens at a row whose picture is missing or cannot be read.</source>
        <translation>画像がない、または読めない行をどうするか。</translation>
    </message>
    <message>
        <source>What is filled in is each patch in deviations from its own mean: then the shape in it counts, and not how bright it is. A guess of zero costs 1.</source>
        <translation>各パッチを、それ自身の平均からの偏差として復元します。明るさではなく中の形が問われます。0 という予測の損失は 1 です。</translation>
    </message>
    <message>
        <source>What meets the picture: a convolution of 3 x 3 pixels that keeps its size, or one of 7 x 7 and pooling, which leave a quarter of height and width.</source>
        <translation>画像を最初に受け取る層: 大きさを保つ 3 x 3 画素の畳み込み、または縦横を 4 分の 1 にする 7 x 7 の畳み込みとプーリング。</translation>
    </message>
    <message>
        <source>What reads the pictures; what is not set here is as that architecture has it by default.</source>
        <translation>画像を読むもの。ここで設定しない項目は、そのアーキテクチャの既定値になります。</translation>
    </message>
    <message>
        <source>What similarities are divided by when training begins; it is learnt, and never falls below 0.01. A picture is held against the captions of its own micro-batch: accumulation adds none, a larger micro-batch does.</source>
        <translation>訓練の始めに類似度を割る値。学習される値で、0.01 より下にはなりません。画像は自分のマイクロバッチのキャプションと比べられます。勾配の累積では比較相手は増えず、マイクロバッチを大きくすると増えます。</translation>
    </message>
    <message>
        <source>What similarities are divided by: the lower, the more the loss looks at the likest of the other pictures.</source>
        <translation>類似度を割る値です。低いほど、最も似ているほかの画像が重視されます。</translation>
    </message>
    <message>
        <source>What similarities are divided by: the lower, the more the loss looks at the likest of the other pictures. Those are the ones of the same micro-batch: accumulation adds none, a larger micro-batch does.</source>
        <translation>類似度を割る値です。低いほど、最も似ているほかの画像が重視されます。比べる相手は同じマイクロバッチの画像です。勾配の累積では増えず、マイクロバッチを大きくすると増えます。</translation>
    </message>
    <message>
        <source>What similarities are divided by: the lower, the more the loss looks at the likest pictures. A picture is compared with those of its micro-batch: accumulation adds none, a larger micro-batch does.</source>
        <translation>類似度を割る値です。低いほど、最も似ている画像が重視されます。比べる相手は同じマイクロバッチの画像です。勾配の累積では増えず、マイクロバッチを大きくすると増えます。</translation>
    </message>
    <message>
        <source>What stands for the whole picture: the mean of its patches, or a further token that looks at them all, as in the first vision transformer.</source>
        <translation>画像全体を表すもの。パッチの平均、または最初の Vision Transformer のように全パッチを見る追加のトークン。</translation>
    </message>
    <message>
        <source>Where stages differ in them, one number for each: 3,4,6,3 in four stages of basic blocks with 64 channels and a large stem is ResNet-34, of bottleneck blocks ResNet-50. Empty = all alike.</source>
        <translation>ステージごとに異なる場合の、各ステージのブロック数。64 チャンネル、大きな画像用の入口、4 ステージで 3,4,6,3 とすると、基本ブロックなら ResNet-34、ボトルネックブロックなら ResNet-50 です。空 = すべて同じ。</translation>
    </message>
    <message>
        <source>Where the doubling from stage to stage ends; VGG stops at 512. 0 = nowhere.</source>
        <translation>ステージごとの倍増を止めるチャンネル数。VGG は 512 で止まります。0 = 止めない。</translation>
    </message>
    <message>
        <source>Whether a picture that is damaged, cut short or of another form ends the reading, or is left out and counted.</source>
        <translation>壊れている、途中で切れている、または形式の異なる画像があったとき、読み込みを中止するか、除外して数えるか。</translation>
    </message>
    <message>
        <source>Whether pictures keep their colours.</source>
        <translation>画像の色を残すかどうか。</translation>
    </message>
    <message>
        <source>Whether the folder around a picture names its class. Folders that all pictures share, and those named train, test or the like, name none. Automatic: where pictures lie in at least two folders.</source>
        <translation>画像の入っているフォルダーの名前をクラスとするかどうか。すべての画像に共通するフォルダーと、trainやtestなどの名前のフォルダーはクラスになりません。自動では、画像が2つ以上のフォルダーに分かれているときにクラスとします。</translation>
    </message>
    <message>
        <source>Width of the decoder</source>
        <translation>デコーダの幅</translation>
    </message>
    <message>
        <source>Width of the layer between the features and the embedding; 0 = as wide as the features.</source>
        <translation>特徴と埋め込みの間の層の幅。0 = 特徴と同じ幅。</translation>
    </message>
    <message>
        <source>Width of the vectors that are compared. They are made for training alone: what is used afterwards are the features before them.</source>
        <translation>比較するベクトルの幅です。学習のためだけに作られ、学習後に使うのはその手前の特徴です。</translation>
    </message>
    <message>
        <source>Your own JPEG and PNG pictures in folders or archives, with the folder as the class or without classes.</source>
        <translation>フォルダーや書庫に入った手持ちのJPEG・PNG画像。フォルダー名をクラスとするか、クラスなしで使います。</translation>
    </message>
    <message>
        <source>Your own pictures (JPEG, PNG) with a caption each, which a table names.</source>
        <translation>表に書かれた、キャプション付きの自分の画像 (JPEG、PNG)。</translation>
    </message>
    <message>
        <source>Your own pictures with a caption each, from a table beside them or beside an archive: pictures and captions learn to find each other. Written for the drawings of Open Clip Art Library.</source>
        <translation>自分のキャプション付きの画像で、画像とキャプションが互いを見つけることを学びます。表は画像かアーカイブと同じ場所に置きます。Open Clip Art Library の絵のために書かれたレシピです。</translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>ゼロ</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>枚</translation>
    </message>
    <message>
        <source>A head for each task</source>
        <translation>課題ごとのヘッド</translation>
    </message>
    <message>
        <source>A run that would have to go back once more ends.</source>
        <translation>これを超えて戻る必要が生じた実行は終了します。</translation>
    </message>
    <message>
        <source>A spike is</source>
        <translation>スパイクの基準</translation>
    </message>
    <message>
        <source>A step is left out, or gone back from, whose loss lies so many robust deviations (1.4826 times the median distance from the median) above the median of the 64 before; 0 = never for that.</source>
        <translation>直前の 64 ステップの中央値より、損失がこの数のロバスト偏差（中央値からの距離の中央値の 1.4826 倍）だけ上にあるステップを飛ばす、またはそこから戻ります。0 = その理由では行いません。</translation>
    </message>
    <message>
        <source>After going back go on behind the data that was met since; else meet it again.</source>
        <translation>戻った後、それ以降に使ったデータの先から続けます。そうでなければ、もう一度使います。</translation>
    </message>
    <message>
        <source>At most so many held-out examples of each task are evaluated, and k-NN looks among as many training examples.</source>
        <translation>各タスクの評価用データから最大この件数を評価し、k-NNも学習データから同じ件数を探します。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>バッチ</translation>
    </message>
    <message>
        <source>Classes a task</source>
        <translation>課題ごとのクラス数</translation>
    </message>
    <message>
        <source>Cool-down</source>
        <translation>クールダウン</translation>
    </message>
    <message>
        <source>Digits in five tasks, from a network that knows clothes</source>
        <translation>衣類を学んだネットワークから、数字を五つの課題で</translation>
    </message>
    <message>
        <source>Digits in five tasks, two at a time</source>
        <translation>数字を二つずつ、五つの課題で</translation>
    </message>
    <message>
        <source>EWC strength</source>
        <translation>EWCの強さ</translation>
    </message>
    <message>
        <source>Evaluated examples</source>
        <translation>評価する件数</translation>
    </message>
    <message>
        <source>Evaluated on</source>
        <translation>評価に使う部分</translation>
    </message>
    <message>
        <source>Examples a step.</source>
        <translation>1ステップの件数。</translation>
    </message>
    <message>
        <source>Examples kept of each task.</source>
        <translation>各タスクから残しておく件数。</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Go back at most</source>
        <translation>戻る回数の上限</translation>
    </message>
    <message>
        <source>How firmly weights that mattered are held.</source>
        <translation>重要だった重みをどれだけ強く保つか。</translation>
    </message>
    <message>
        <source>How long the rate stays lowered after the run went back; 0 = to the end.</source>
        <translation>実行が戻った後、学習率を下げておく長さ。0 = 最後まで。</translation>
    </message>
    <message>
        <source>LP-FT: learning rate of the head, times that of the rest.</source>
        <translation>LP-FT：ヘッドの学習率（残りの部分に対する倍率）。</translation>
    </message>
    <message>
        <source>LP-FT: share of each task&apos;s steps in which its head is trained alone.</source>
        <translation>LP-FT：各タスクのステップのうち、ヘッドだけを学習する割合。</translation>
    </message>
    <message>
        <source>Leave the step out</source>
        <translation>そのステップを飛ばす</translation>
    </message>
    <message>
        <source>Longest gradient that is used as it is; 0 = no clipping.</source>
        <translation>そのまま使う勾配の最大の長さ。0＝クリッピングしない。</translation>
    </message>
    <message>
        <source>Names all random choices.</source>
        <translation>すべての乱数の種。</translation>
    </message>
    <message>
        <source>Of a loss that runs away: say nothing, warn, stop the run, or go back to the last good weights (those of the last save, or the first). A loss or gradient that is not a number is never learnt from; it ends the run unless such steps are left out or gone back from.</source>
        <translation>損失が発散し始めたとき：何もしない、警告する、実行を止める、または最後の正常な重み（最後に保存したもの、または最初のもの）に戻ります。数でない損失や勾配からは決して学習しません。そのようなステップを飛ばす設定や戻る設定でなければ、実行は終了します。</translation>
    </message>
    <message>
        <source>One head for all classes so far</source>
        <translation>これまでの全クラスで一つのヘッド</translation>
    </message>
    <message>
        <source>One head for all tasks</source>
        <translation>全課題で一つのヘッド</translation>
    </message>
    <message>
        <source>Pass over the data</source>
        <translation>データを飛ばす</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>周回数</translation>
    </message>
    <message>
        <source>Passes over each task&apos;s examples.</source>
        <translation>各タスクのデータを何周するか。</translation>
    </message>
    <message>
        <source>Peak learning rate of each task; optimizer and schedule are those of fine-tuning the checkpoint.</source>
        <translation>各タスクの最大学習率。オプティマイザーとスケジュールは、このチェックポイントのファインチューニングと同じです。</translation>
    </message>
    <message>
        <source>Processor threads; 0 = all cores.</source>
        <translation>使用するCPUスレッド数。0＝すべてのコア。</translation>
    </message>
    <message>
        <source>Rate after going back</source>
        <translation>戻った後の学習率</translation>
    </message>
    <message>
        <source>SI strength</source>
        <translation>SIの強さ</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>シナリオ</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>シード数</translation>
    </message>
    <message>
        <source>Sequence of tasks by class</source>
        <translation>クラスで分けた課題の系列</translation>
    </message>
    <message>
        <source>So many seeds a strategy.</source>
        <translation>戦略ごとのシード数。</translation>
    </message>
    <message>
        <source>So many steps for each task instead of passes; 0 = by passes.</source>
        <translation>周回数の代わりに課題ごとのステップ数で決めます。0 = 周回数による。</translation>
    </message>
    <message>
        <source>Split MNIST: a perceptron of two layers of 400 learns 0 and 1, then 2 and 3, and so on, plainly and by several strategies against forgetting. The scenario says what it is asked: which of the two, knowing the task or not, or which of all ten digits.</source>
        <translation>Split MNIST：400 ユニット二層のパーセプトロンが 0 と 1、次に 2 と 3 というように、そのまま、また忘却を抑えるいくつかの戦略で学習します。シナリオは何を問うかを決めます。課題を知ったうえで、または知らずに二つのどちらか、あるいは十個の数字のどれか。</translation>
    </message>
    <message>
        <source>Steps a task</source>
        <translation>課題ごとのステップ数</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>戦略</translation>
    </message>
    <message>
        <source>The learning rate is multiplied by this for a while after the run went back; 1 = as before.</source>
        <translation>実行が戻った後、しばらくの間、学習率にこの値を掛けます。1 = 以前のまま。</translation>
    </message>
    <message>
        <source>The part of each task&apos;s data that accuracies are measured on.</source>
        <translation>各課題のデータのうち、正解率を測る部分。</translation>
    </message>
    <message>
        <source>The same of synaptic intelligence.</source>
        <translation>シナプティック・インテリジェンス（SI）での同じ値。</translation>
    </message>
    <message>
        <source>What a pretrained network forgets as it goes on: train the recipe Fashion-MNIST first, choose its checkpoint under Start, and MNIST&apos;s digits are learnt two at a time, each task by all weights at once or by its head first (LP-FT).</source>
        <translation>事前学習したネットワークが学び続ける間に何を忘れるか。まず Fashion-MNIST のレシピを学習し、そのチェックポイントを「開始」で選びます。MNIST の数字を二つずつ学習し、各課題をすべての重みで一度に、またはヘッドから先に（LP-FT）学びます。</translation>
    </message>
    <message>
        <source>What is asked of a test example: its class in a task that is named, its place in a task that is not, or its class among all seen so far (van de Ven and Tolias 2018, arXiv:1809.10635).</source>
        <translation>テスト例について問うこと。課題を知らされたうえでのクラス、課題を知らされない場合の課題内の位置、またはこれまでに見た全クラスの中のクラス（van de Ven and Tolias 2018、arXiv:1809.10635）。</translation>
    </message>
    <message>
        <source>What the head must tell apart: the classes of a task that is named (a head for each task), the place of a class in its task without knowing which (one head), or all classes seen so far (one head that grows). Every task of a sequence must say the same.</source>
        <translation>ヘッドが見分けるもの。知らされた課題のクラス（課題ごとのヘッド）、どの課題かを知らずに課題内での位置（一つのヘッド）、またはこれまでに見た全クラス（増えていく一つのヘッド）。系列のすべての課題で同じにします。</translation>
    </message>
    <message>
        <source>When numbers go bad</source>
        <translation>数値が異常になったとき</translation>
    </message>
    <message>
        <source>deviations</source>
        <translation>偏差</translation>
    </message>
    <message>
        <source>sequential, lp_ft, ewc, si, replay or joint, one a line; empty = all.</source>
        <translation>sequential、lp_ft、ewc、si、replay、joint を一行に一つ。空 = すべて。</translation>
    </message>
    <message>
        <source>times</source>
        <translation>回</translation>
    </message>
    <message>
        <source>The classes, in alphabetical order of their names, are cut into groups of so many; one that is left over joins the last group.</source>
        <translation>クラスを名前のアルファベット順に並べ、この数ずつのグループに分けます。余ったクラスは最後のグループに入ります。</translation>
    </message>
    <message>
        <source>At most so many are learnt from, and as many evaluated.</source>
        <translation>最大でこの数の例から学習し、同じ数の例を評価します。</translation>
    </message>
    <message>
        <source>Cuts the classes into tasks, and learns them in turn by several strategies: many runs, each a task, and a table of what is forgotten. Rate, batch, length and seed of the tasks are those here; each is trained to its end and keeps its last checkpoint.</source>
        <translation>クラスを課題に分け、いくつかの戦略で順に学習します。課題ごとに一つの実行となり、忘れた量が表になります。学習率、バッチ、長さ、シードはここの値を使います。各課題は最後まで学習し、最後のチェックポイントを残します。</translation>
    </message>
    <message>
        <source>Filters of the first stage of a convolutional or residual network, or width of a transformer or perceptron.</source>
        <translation>畳み込みネットワークや残差ネットワークの最初のステージのフィルター数、または Transformer やパーセプトロンの幅。</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>Low leaves the processor to other programs whenever they want it: for training in the background. Results are the same.</source>
        <translation>「低」にすると、ほかのプログラムが必要とするときはいつでもプロセッサーを譲ります。バックグラウンドでの学習向けです。結果は変わりません。</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>標準</translation>
    </message>
    <message>
        <source>Of labelled text: a micro-batch has rows of similar length, so that less of it is padding; which rows come together is less random. Every row still comes once an epoch.</source>
        <translation>ラベル付きテキスト用：マイクロバッチに長さの近い行を集めて、詰め物を減らします。どの行が一緒になるかの無作為さは少し下がります。どの行も1エポックに1回使われることは変わりません。</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>優先度</translation>
    </message>
    <message>
        <source>Repeatable on a GPU</source>
        <translation>GPU での再現性</translation>
    </message>
    <message>
        <source>Rows of similar length</source>
        <translation>長さの近い行をまとめる</translation>
    </message>
    <message>
        <source>Share of the context that windows have in common, so that no token is evaluated without context.</source>
        <translation>隣り合うウィンドウが共有する文脈の割合。文脈なしで評価されるトークンをなくします。</translation>
    </message>
    <message>
        <source>Stages of a convolutional or residual network, blocks of a transformer, or layers of a perceptron.</source>
        <translation>畳み込みネットワークや残差ネットワークのステージ数、Transformer のブロック数、またはパーセプトロンの層数。</translation>
    </message>
    <message>
        <source>The same settings give the same numbers on the same GPU, by slower ways of computing where the fast ones add up in no fixed order. On a processor they do in any case.</source>
        <translation>同じ設定なら同じ GPU で同じ数値になります。足し合わせる順序が決まらない高速な計算は、遅い方法に置き換えます。プロセッサでは常に同じになります。</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>常にする</translation>
    </message>
    <message>
        <source>Blocks of a transformer keep only what went into them, and compute the rest again for the gradients: much less memory, about a third more time, the same results. Automatic does so on a processor where the activations would weigh much beside the weights, as with long contexts.</source>
        <translation>トランスフォーマーのブロックは入力だけを保持し、残りは勾配のためにもう一度計算します。メモリは大幅に減り、時間は約3割増え、結果は変わりません。自動では、長い文脈のように重みに比べて活性が大きくなる場合に、プロセッサ上でのみそうします。</translation>
    </message>
    <message>
        <source>Compute activations twice</source>
        <translation>活性を二度計算</translation>
    </message>
    <message>
        <source>How much of the validation part is used on the way; 0 = all of it, -1 = half of what is trained on between two evaluations, at least 1,000 and at most 50,000.</source>
        <translation>途中の評価で検証部分をどれだけ使うか。0 = すべて、-1 = 二つの評価の間に学習する量の半分（1,000 以上 50,000 以下）。</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>しない</translation>
    </message>
    <message>
        <source>Tables (CSV, TSV, JSON lines) with a picture&apos;s file and its caption a row, and archives (tar, zip) with pictures; files, folders (all files below) and patterns, one a line. The file of a picture is looked for from the table&apos;s folder on, then in the archives, also in one beside the table that is called as the folder: pictures/1.png in pictures.tar.</source>
        <translation>1行に画像のファイルと説明文がある表（CSV、TSV、JSON Lines）と、画像を収めたアーカイブ（tar、zip）。ファイル、フォルダー（中のすべてのファイル）、パターンを1行に1つ。画像は表のフォルダーから探し、次にアーカイブから探します。フォルダーと同じ名前で表の隣にあるアーカイブも使います（pictures/1.png は pictures.tar から）。</translation>
    </message>
    <message>
        <source>The last evaluation uses the whole validation part, however large it is: so that runs are compared by the same figures.</source>
        <translation>最後の評価では、どれほど大きくても検証部分全体を使います。実行どうしを同じ数値で比べるためです。</translation>
    </message>
    <message>
        <source>Watch for spikes, overfitting, slow steps, gradients that vanish or explode, dead units, features that collapse and evaluations that take a third of the time, and say so.</source>
        <translation>スパイク、過学習、遅いステップ、勾配の消失や爆発、働かないユニット、特徴の崩壊、時間の三分の一を占める評価を見張り、知らせます。</translation>
    </message>
    <message>
        <source>1 is a straight line; larger ones fall early and end flat.</source>
        <translation>1は直線。大きいほど早く下がり、終わりはなだらかになります。</translation>
    </message>
    <message>
        <source>A power of what is left of the run, from the peak to the final rate.</source>
        <translation>残りの割合のべき乗で、最大値から最終値まで下がります。</translation>
    </message>
    <message>
        <source>AdaDelta</source>
        <translation>AdaDelta</translation>
    </message>
    <message>
        <source>AdaGrad</source>
        <translation>AdaGrad</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>Adam measured by the largest of past gradients, which fades.</source>
        <translation>過去の勾配の最大値（徐々に薄れる）で割るAdam。</translation>
    </message>
    <message>
        <source>Adam that goes by momentum alone until its adaptive rate is known well enough: no warm-up needed.</source>
        <translation>適応的な学習率が十分に定まるまでモーメンタムだけで進むAdam。ウォームアップは不要です。</translation>
    </message>
    <message>
        <source>Adam with Nesterov&apos;s look-ahead along the momentum.</source>
        <translation>モーメンタムに沿って先読みする（ネステロフの）Adam。</translation>
    </message>
    <message>
        <source>AdamW whose step in each matrix is as long as the matrix is large: for very large batches.</source>
        <translation>行列ごとに、その大きさに比例した幅で進むAdamW。非常に大きなバッチ向け。</translation>
    </message>
    <message>
        <source>Adamax</source>
        <translation>Adamax</translation>
    </message>
    <message>
        <source>Cosine with restarts</source>
        <translation>再始動付きコサイン</translation>
    </message>
    <message>
        <source>Cycles</source>
        <translation>サイクル数</translation>
    </message>
    <message>
        <source>Decay of both running means, of squared gradients and squared steps.</source>
        <translation>勾配の二乗と更新幅の二乗、両方の移動平均の減衰率。</translation>
    </message>
    <message>
        <source>Decay of the momentum.</source>
        <translation>モーメンタムの減衰率。</translation>
    </message>
    <message>
        <source>Decay share</source>
        <translation>減衰の割合</translation>
    </message>
    <message>
        <source>Exponential decay</source>
        <translation>指数減衰</translation>
    </message>
    <message>
        <source>Falls</source>
        <translation>下げる回数</translation>
    </message>
    <message>
        <source>Falls to</source>
        <translation>下げた後の割合</translation>
    </message>
    <message>
        <source>Falls with the root of the steps since the warm-up, without an end in view.</source>
        <translation>ウォームアップ以降のステップ数の平方根に反比例して下がります。終わりを決める必要がありません。</translation>
    </message>
    <message>
        <source>First rate</source>
        <translation>最初の学習率</translation>
    </message>
    <message>
        <source>Gradients divided by the root of the running mean of their squares, with momentum if wished.</source>
        <translation>勾配を、その二乗の移動平均の平方根で割ります。モーメンタムも使えます。</translation>
    </message>
    <message>
        <source>Half cosines one behind the other, each from the peak.</source>
        <translation>半コサインを繰り返し、毎回最大値から下がります。</translation>
    </message>
    <message>
        <source>How fast beta 1 climbs from half its value to the whole; 0 leaves it at half.</source>
        <translation>ベータ1が半分の値から本来の値へ上がる速さ。0なら半分のままです。</translation>
    </message>
    <message>
        <source>How many times as long as the one before a cycle is.</source>
        <translation>各サイクルが前のサイクルの何倍の長さか。</translation>
    </message>
    <message>
        <source>How often the rate falls from its peak.</source>
        <translation>最大値から何回下がるか。</translation>
    </message>
    <message>
        <source>How often the rate falls, at even distances.</source>
        <translation>学習率を等間隔で何回下げるか。</translation>
    </message>
    <message>
        <source>Inverse square root</source>
        <translation>平方根に反比例</translation>
    </message>
    <message>
        <source>LAMB</source>
        <translation>LAMB</translation>
    </message>
    <message>
        <source>Lion</source>
        <translation>Lion</translation>
    </message>
    <message>
        <source>Momentum decay</source>
        <translation>モーメンタムの立ち上がり</translation>
    </message>
    <message>
        <source>Muon</source>
        <translation>Muon</translation>
    </message>
    <message>
        <source>NAdam</source>
        <translation>NAdam</translation>
    </message>
    <message>
        <source>One cycle</source>
        <translation>1サイクル</translation>
    </message>
    <message>
        <source>One minus the root</source>
        <translation>1−平方根</translation>
    </message>
    <message>
        <source>One minus the root falls early, a straight line evenly.</source>
        <translation>「1−平方根」は早めに、直線は均等に下がります。</translation>
    </message>
    <message>
        <source>Polynomial decay</source>
        <translation>多項式減衰</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>指数</translation>
    </message>
    <message>
        <source>RAdam</source>
        <translation>RAdam</translation>
    </message>
    <message>
        <source>RMSprop</source>
        <translation>RMSprop</translation>
    </message>
    <message>
        <source>Rates that fall with the gradients seen so far; for sparse ones.</source>
        <translation>これまでの勾配に応じて学習率が下がります。疎な勾配向け。</translation>
    </message>
    <message>
        <source>Rho</source>
        <translation>ロー</translation>
    </message>
    <message>
        <source>Rise</source>
        <translation>上昇の割合</translation>
    </message>
    <message>
        <source>Shape of the fall</source>
        <translation>下げ方</translation>
    </message>
    <message>
        <source>Share of the momentum in the direction of a step; the rest is the gradient.</source>
        <translation>進む向きに占めるモーメンタムの割合。残りは勾配です。</translation>
    </message>
    <message>
        <source>Share of the peak rate that is left at the end; each step takes the same share of the rate.</source>
        <translation>最後に残る、最大値に対する割合。毎ステップ同じ割合ずつ下がります。</translation>
    </message>
    <message>
        <source>Share of the peak rate that the run begins with.</source>
        <translation>開始時の、最大値に対する割合。</translation>
    </message>
    <message>
        <source>Share of the rate that a fall leaves.</source>
        <translation>一度下げたときに残る学習率の割合。</translation>
    </message>
    <message>
        <source>Share of the run over which the rate climbs.</source>
        <translation>実行のうち、学習率を上げる部分の割合。</translation>
    </message>
    <message>
        <source>Share of the run, at its end, over which the rate falls.</source>
        <translation>実行の終わりのうち、学習率を下げる部分の割合。</translation>
    </message>
    <message>
        <source>Step decay</source>
        <translation>階段状の減衰</translation>
    </message>
    <message>
        <source>Steps by the running mean of gradients, measured by that of their squares.</source>
        <translation>勾配の移動平均を、その二乗の移動平均で割って進みます。</translation>
    </message>
    <message>
        <source>Steps in the units of the weights: the means of past steps over those of gradients.</source>
        <translation>過去の更新幅の平均を勾配の平均で割り、重みと同じ単位で進みます。</translation>
    </message>
    <message>
        <source>Steps of one size in every weight, by the sign of a momentum; wants a third to a tenth of the rate of AdamW.</source>
        <translation>モーメンタムの符号に従い、すべての重みを同じ幅だけ動かします。学習率はAdamWの3分の1から10分の1が適します。</translation>
    </message>
    <message>
        <source>Steps of the same size in every direction of a matrix, for the matrices inside the network; AdamW for the rest.</source>
        <translation>ネットワーク内部の行列では、行列のあらゆる方向に同じ幅で進みます。その他はAdamWです。</translation>
    </message>
    <message>
        <source>Straight line</source>
        <translation>直線</translation>
    </message>
    <message>
        <source>The peak rate for most of the run, then a fall: a checkpoint before the fall can be trained on as long as wished.</source>
        <translation>大部分を最大値で学習し、最後に下げます。下げる前のチェックポイントからは、好きなだけ学習を続けられます。</translation>
    </message>
    <message>
        <source>The rate stays and falls by turns.</source>
        <translation>一定の期間と急な低下を繰り返します。</translation>
    </message>
    <message>
        <source>The same share is lost in every step: fast at first, then ever more slowly.</source>
        <translation>毎ステップ同じ割合だけ下がります。はじめは速く、しだいに緩やかになります。</translation>
    </message>
    <message>
        <source>Times as long</source>
        <translation>長さの倍率</translation>
    </message>
    <message>
        <source>Up to the peak and far down again, for short runs at high rates.</source>
        <translation>最大値まで上げ、再び大きく下げます。高い学習率での短い実行向け。</translation>
    </message>
    <message>
        <source>Warm-up, stable, decay</source>
        <translation>ウォームアップ・一定・減衰</translation>
    </message>
    <message>
        <source>A character model that reads letter after letter and remembers: two recurrent layers on one text file.</source>
        <translation>1文字ずつ読んで記憶する文字モデル。1つのテキストファイルを再帰層2つで学習します。</translation>
    </message>
    <message>
        <source>Add to each layer&apos;s output what went into it; for deep stacks.</source>
        <translation>各層の出力に入力を加えます。層が多いとき向け。</translation>
    </message>
    <message>
        <source>Both directions</source>
        <translation>両方向</translation>
    </message>
    <message>
        <source>Cell</source>
        <translation>セル</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Elman</source>
        <translation>Elman</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>先頭から</translation>
    </message>
    <message>
        <source>From the beginning alone, or from both ends; auto takes what the objective needs.</source>
        <translation>先頭からだけ読むか、両端から読むか。自動では目的に合うほうを選びます。</translation>
    </message>
    <message>
        <source>GRU</source>
        <translation>GRU</translation>
    </message>
    <message>
        <source>LSTM</source>
        <translation>LSTM</translation>
    </message>
    <message>
        <source>LSTM and GRU remember over long stretches; Elman&apos;s plain cell does not.</source>
        <translation>LSTMとGRUは長い区間を記憶します。単純なElmanのセルは記憶しません。</translation>
    </message>
    <message>
        <source>LayerNorm between layers</source>
        <translation>層間のLayerNorm</translation>
    </message>
    <message>
        <source>Layers that read token after token and carry a state along.</source>
        <translation>トークンを順に読み、状態を持ち運ぶ層です。</translation>
    </message>
    <message>
        <source>Normalise what each layer makes (Ba et al. 2016).</source>
        <translation>各層の出力を正規化します（Ba et al. 2016）。</translation>
    </message>
    <message>
        <source>Recurrent (LSTM, GRU)</source>
        <translation>再帰型（LSTM、GRU）</translation>
    </message>
    <message>
        <source>Recurrent layers, one reading what the other makes.</source>
        <translation>再帰層の数。前の層の出力を次の層が読みます。</translation>
    </message>
    <message>
        <source>Residual</source>
        <translation>残差接続</translation>
    </message>
    <message>
        <source>Shakespeare by an LSTM</source>
        <translation>LSTMで学ぶシェイクスピア</translation>
    </message>
    <message>
        <source>Share of the values between layers that is zeroed while training.</source>
        <translation>学習中に層の間で0にする値の割合。</translation>
    </message>
    <message>
        <source>Size of the vector that stands for one token, and of a layer&apos;s state; where both sides are seen each direction has half of it.</source>
        <translation>1トークンを表すベクトルと、層の状態の大きさ。両方向を見るときは各方向が半分ずつです。</translation>
    </message>
    <message>
        <source>Tokens that are read in one go, and that gradients flow back over.</source>
        <translation>一度に読むトークン数。勾配もこの長さを遡ります。</translation>
    </message>
    <message>
        <source>He, uniform</source>
        <translation>He（一様分布）</translation>
    </message>
    <message>
        <source>How the first weights are drawn: He suits ReLU, Xavier and LeCun suit tanh.</source>
        <translation>最初の重みの決め方。ReLUにはHe、tanhにはXavierとLeCunが向きます。</translation>
    </message>
    <message>
        <source>How the first weights are drawn; but for GPT-2&apos;s 0.02 and PyTorch&apos;s, so that signals keep their size.</source>
        <translation>最初の重みの決め方。GPT-2の0.02とPyTorchの既定を除き、信号の大きさが保たれるように決めます。</translation>
    </message>
    <message>
        <source>LeCun, uniform</source>
        <translation>LeCun（一様分布）</translation>
    </message>
    <message>
        <source>Orthogonal</source>
        <translation>直交</translation>
    </message>
    <message>
        <source>PyTorch&apos;s default</source>
        <translation>PyTorchの既定</translation>
    </message>
    <message>
        <source>Xavier, uniform</source>
        <translation>Xavier（一様分布）</translation>
    </message>
    <message>
        <source>After each update every weight that is trained is cut to this absolute value at most; 0 = off.</source>
        <translation>更新のたびに、学習中の各重みの絶対値をこの値までに切り詰めます。0 = 使わない。</translation>
    </message>
    <message>
        <source>An average of the weights in which older ones fade: it is what the run is judged by, writes with and saves.</source>
        <translation>古いものほど薄れる重みの平均。評価、サンプル、保存にはこの平均が使われます。</translation>
    </message>
    <message>
        <source>Attention between all points of the past.</source>
        <translation>過去のすべての時点の間の注意機構。</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Decay</source>
        <translation>減衰</translation>
    </message>
    <message>
        <source>Decomposition</source>
        <translation>分解</translation>
    </message>
    <message>
        <source>ETTh1 by a transformer</source>
        <translation>Transformer による ETTh1</translation>
    </message>
    <message>
        <source>ETTh1 by an LSTM</source>
        <translation>LSTM による ETTh1</translation>
    </message>
    <message>
        <source>ETTh1 by one matrix</source>
        <translation>一つの行列による ETTh1</translation>
    </message>
    <message>
        <source>ETTh1 by one matrix from the last value</source>
        <translation>最後の値からの一つの行列による ETTh1</translation>
    </message>
    <message>
        <source>ETTh1 by trend and remainder</source>
        <translation>傾向と残りによる ETTh1</translation>
    </message>
    <message>
        <source>ETTh1: what repeating gives</source>
        <translation>ETTh1：繰り返すだけの予測</translation>
    </message>
    <message>
        <source>Error, in deviations of the column, from which it grows linearly.</source>
        <translation>ここから先は線形に増える誤差（列の標準偏差を単位とする）。</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>間隔</translation>
    </message>
    <message>
        <source>Files, folders (all files below) and patterns, one a line: CSV or TSV with a row for each point in time and a column for each series. Each file is a series of its own.</source>
        <translation>ファイル、フォルダー（その下のすべてのファイル）、パターンを一行に一つ。時刻ごとに一行、系列ごとに一列の CSV か TSV。ファイルごとに別の系列になります。</translation>
    </message>
    <message>
        <source>For pictures and series: there is no text to cut.</source>
        <translation>画像と時系列のためのもの。切り分ける文章はありません。</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>予測</translation>
    </message>
    <message>
        <source>From</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Gradient noise</source>
        <translation>勾配ノイズ</translation>
    </message>
    <message>
        <source>Horizon</source>
        <translation>予測する長さ</translation>
    </message>
    <message>
        <source>Hourly values of a power transformer (ETTh1.csv), or any table with a row for each hour: a linear map of the moving average and one of what is left (DLinear).</source>
        <translation>変圧器の一時間ごとの値（ETTh1.csv）、または一時間に一行の任意の表。移動平均と残りの線形写像を一つずつ（DLinear）。</translation>
    </message>
    <message>
        <source>Hourly values of a power transformer (ETTh1.csv), or any table with a row for each hour: a linear map of what is left when the last value is taken out (NLinear).</source>
        <translation>変圧器の一時間ごとの値（ETTh1.csv）、または一時間に一行の任意の表。最後の値を取り除いた残りの線形写像（NLinear）。</translation>
    </message>
    <message>
        <source>Hourly values of a power transformer (ETTh1.csv), or any table with a row for each hour: a recurrent network over the last four days, to be held against the linear map.</source>
        <translation>変圧器の一時間ごとの値（ETTh1.csv）、または一時間に一行の任意の表。直近四日間の再帰型ネットワーク。線形写像と比べるためのもの。</translation>
    </message>
    <message>
        <source>Hourly values of a power transformer (ETTh1.csv), or any table with a row for each hour: attention over the last four days, to be held against the linear map.</source>
        <translation>変圧器の一時間ごとの値（ETTh1.csv）、または一時間に一行の任意の表。直近四日間の注意機構。線形写像と比べるためのもの。</translation>
    </message>
    <message>
        <source>Hourly values of a power transformer (ETTh1.csv), or any table with a row for each hour: one step, for the figures of the forecasts that repeat the last value and the last day.</source>
        <translation>変圧器の一時間ごとの値（ETTh1.csv）、または一時間に一行の任意の表。最後の値や前日を繰り返す予測の数値を得るための一ステップ。</translation>
    </message>
    <message>
        <source>Hourly values of a power transformer (ETTh1.csv), or any table with a row for each hour: the next four days from the last two weeks, by a linear map (Linear).</source>
        <translation>変圧器の一時間ごとの値（ETTh1.csv）、または一時間に一行の任意の表。直近二週間から次の四日間を線形写像で予測（Linear）。</translation>
    </message>
    <message>
        <source>L1 penalty</source>
        <translation>L1 ペナルティ</translation>
    </message>
    <message>
        <source>Largest weight</source>
        <translation>重みの上限</translation>
    </message>
    <message>
        <source>Layers that read a series from its past to now and carry a state along.</source>
        <translation>時系列を過去から現在へ読み、状態を持ち運ぶ層。</translation>
    </message>
    <message>
        <source>Leave out held-out windows that fill no batch of so many, as some programs do, so that figures can be held against theirs; 0 = none is left out.</source>
        <translation>評価用の窓のうち、この数のバッチを満たさない端数を除きます。端数を捨てるプログラムの数値と比べるためのものです。0 = 除かない。</translation>
    </message>
    <message>
        <source>Linear map of the past</source>
        <translation>過去の線形写像</translation>
    </message>
    <message>
        <source>Log-cosh</source>
        <translation>Log-cosh</translation>
    </message>
    <message>
        <source>Look-back</source>
        <translation>参照する長さ</translation>
    </message>
    <message>
        <source>Mean and deviation</source>
        <translation>平均と標準偏差</translation>
    </message>
    <message>
        <source>Missing values</source>
        <translation>欠けた値</translation>
    </message>
    <message>
        <source>Moving average</source>
        <translation>移動平均</translation>
    </message>
    <message>
        <source>Moving average (EMA)</source>
        <translation>移動平均（EMA）</translation>
    </message>
    <message>
        <source>Name or number of the column of times; empty = the first that reads as dates, none = there is none.</source>
        <translation>時刻の列の名前か番号。空 = 日付として読める最初の列、none = 時刻の列はない。</translation>
    </message>
    <message>
        <source>No average</source>
        <translation>平均しない</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>On a line</source>
        <translation>線上の値</translation>
    </message>
    <message>
        <source>One map of the whole past (Linear), or one of its moving average and one of what is left (DLinear).</source>
        <translation>過去全体への一つの写像（Linear）か、移動平均と残りへの写像を一つずつ（DLinear）。</translation>
    </message>
    <message>
        <source>One matrix from the past of each column to its future (Linear, DLinear): the one to beat.</source>
        <translation>各列の過去から未来への一つの行列（Linear、DLinear）。まず超えるべき相手です。</translation>
    </message>
    <message>
        <source>Pulls every weight towards zero by the same amount, so that many come near it: this times the sum of absolute values, matrices only. With weight decay it is an elastic net. Figures of the loss leave it out; 0 = off.</source>
        <translation>すべての重みを同じ強さで 0 へ引き、多くを 0 の近くに寄せます。この値に絶対値の和を掛けたものを加えます（行列のみ）。重み減衰と合わせるとエラスティックネットになります。損失の値には含まれません。0 = 使わない。</translation>
    </message>
    <message>
        <source>Quantile</source>
        <translation>分位点</translation>
    </message>
    <message>
        <source>Read so many rows of each file; 0 = all.</source>
        <translation>各ファイルから読む行数。0 = すべて。</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>受け付けない</translation>
    </message>
    <message>
        <source>Refuse them, or fill each in by the one before it or on a line between its neighbours.</source>
        <translation>受け付けないか、前の値で、または両隣を結ぶ線上の値で埋めます。</translation>
    </message>
    <message>
        <source>Regularisation</source>
        <translation>正則化</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Rows after which the series repeats itself, such as 24 of hours: the forecast that repeats the last season is then judged beside it; 0 = none.</source>
        <translation>系列が繰り返す行数（一時間ごとなら 24）。前の周期を繰り返す予測も並べて評価します。0 = なし。</translation>
    </message>
    <message>
        <source>Rows from one window to the next.</source>
        <translation>窓から次の窓までの行数。</translation>
    </message>
    <message>
        <source>Rows that a forecast is made from.</source>
        <translation>予測のもとにする行数。</translation>
    </message>
    <message>
        <source>Rows that are averaged; odd.</source>
        <translation>平均する行数（奇数）。</translation>
    </message>
    <message>
        <source>Rows that are forecast at once.</source>
        <translation>一度に予測する行数。</translation>
    </message>
    <message>
        <source>Season</source>
        <translation>周期</translation>
    </message>
    <message>
        <source>Share of attention weights and of each part&apos;s output zeroed while training.</source>
        <translation>学習中に 0 にする、注意の重みと各部の出力の割合。</translation>
    </message>
    <message>
        <source>Share of labels that lie below what is said: 0.5 is the median, 0.9 an upper bound that one in ten passes.</source>
        <translation>予測を下回るラベルの割合。0.5 は中央値、0.9 は十に一つが超える上限。</translation>
    </message>
    <message>
        <source>Share of the average that an update leaves: 0.999 looks back over about 1,000 updates. It is less in the first updates, so that the first weights are soon forgotten.</source>
        <translation>一回の更新で平均に残る割合。0.999 はおよそ 1,000 回の更新をさかのぼります。最初の更新では小さく、初期の重みは早く忘れられます。</translation>
    </message>
    <message>
        <source>Share of the run after which the average begins.</source>
        <translation>平均を始めるまでの、実行全体に対する割合。</translation>
    </message>
    <message>
        <source>Share of values that lie below what is said: 0.5 is the median.</source>
        <translation>予測を下回る値の割合。0.5 は中央値。</translation>
    </message>
    <message>
        <source>Size of the vector that stands for one point in time, and of a layer&apos;s state.</source>
        <translation>一時点を表すベクトルと、層の状態の大きさ。</translation>
    </message>
    <message>
        <source>Size of the vector that stands for one point in time.</source>
        <translation>一時点を表すベクトルの大きさ。</translation>
    </message>
    <message>
        <source>Squared error; absolute error, which outliers pull less; Huber or log-cosh, squared near and absolute far; or a quantile, for a number that labels stay below with this probability.</source>
        <translation>二乗誤差。絶対誤差は外れ値に引かれにくい。Huber と log-cosh は近くで二乗、遠くで絶対。分位点は、ラベルがその確率で下回る数を求める。</translation>
    </message>
    <message>
        <source>Squared error; absolute error, which outliers pull less; Huber, squared near and absolute far; or a quantile, for a line that values stay below with this probability.</source>
        <translation>二乗誤差。絶対誤差は外れ値に引かれにくい。Huber は近くで二乗、遠くで絶対。分位点は、値がその確率で下回る線を求める。</translation>
    </message>
    <message>
        <source>Take out of each window</source>
        <translation>窓ごとに取り除くもの</translation>
    </message>
    <message>
        <source>The last value</source>
        <translation>最後の値</translation>
    </message>
    <message>
        <source>The mean of the weights over the last part of the run, best with a rate that stays high: it is what the run is then judged by, writes with and saves.</source>
        <translation>実行の終盤にわたる重みの平均。学習率を高く保つときに最も効きます。始まってからは評価、サンプル、保存にこの平均が使われます。</translation>
    </message>
    <message>
        <source>The next rows of a series from those before, judged beside repeating the last value.</source>
        <translation>これまでの行から時系列の次の行を予測し、最後の値を繰り返す予測と並べて評価します。</translation>
    </message>
    <message>
        <source>The one before</source>
        <translation>前の値</translation>
    </message>
    <message>
        <source>The run is judged by the weights that are trained, and saves them.</source>
        <translation>学習中の重みそのもので評価し、それを保存します。</translation>
    </message>
    <message>
        <source>Time column</source>
        <translation>時刻の列</translation>
    </message>
    <message>
        <source>Time series</source>
        <translation>時系列</translation>
    </message>
    <message>
        <source>Transformer blocks in the stack.</source>
        <translation>積み重ねる Transformer ブロックの数。</translation>
    </message>
    <message>
        <source>Updates between two weights that are taken into the average.</source>
        <translation>平均に加える重みと次の重みの間の更新回数。</translation>
    </message>
    <message>
        <source>Variance of the Gaussian noise that is added to every gradient, before clipping, in the first step; it fades as 1 / (1 + step)^0.55. 0 = off.</source>
        <translation>最初のステップで、クリッピングの前に各勾配へ加えるガウスノイズの分散。1 / (1 + ステップ)^0.55 で弱まります。0 = 使わない。</translation>
    </message>
    <message>
        <source>Weight averaging</source>
        <translation>重みの平均</translation>
    </message>
    <message>
        <source>What is done to gradients and weights besides weight decay.</source>
        <translation>重み減衰のほかに、勾配と重みに加える処理。</translation>
    </message>
    <message>
        <source>What is taken out of the past before the model sees it, and put back into its forecast: nothing, the last value (NLinear), or the window&apos;s own mean and deviation. Series whose level wanders gain by it.</source>
        <translation>モデルに見せる前に過去から取り除き、予測に戻すもの。何もしない、最後の値（NLinear）、または窓自身の平均と標準偏差。水準が移り変わる系列に効きます。</translation>
    </message>
    <message>
        <source>Whether an average of the weights stands for the run.</source>
        <translation>重みの平均を実行の結果とするかどうか。</translation>
    </message>
    <message>
        <source>Whole batches</source>
        <translation>揃ったバッチだけ</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Average of the end (SWA)</source>
        <translation>終盤の平均（SWA）</translation>
    </message>
    <message>
        <source>Series LSTM or GRU</source>
        <translation>時系列の LSTM・GRU</translation>
    </message>
    <message>
        <source>Series transformer</source>
        <translation>時系列の Transformer</translation>
    </message>
    <message>
        <source>Share of the bytes, from the end of the dataset (of series: of each file), kept for validation.</source>
        <translation>検証に取っておく、データセットの末尾からの割合(バイト単位。系列では各ファイルの末尾から)。</translation>
    </message>
    <message>
        <source>A made-up series in which each value keeps something of those before it: its best forecast is known.</source>
        <translation>各値がそれ以前の値をいくらか保つ、作られた系列。最良の予測が分かっています。</translation>
    </message>
    <message>
        <source>Adafactor</source>
        <translation>Adafactor</translation>
    </message>
    <message>
        <source>At the smallest map every place looks at all others.</source>
        <translation>最も小さいマップで、各位置が他のすべての位置を見ます。</translation>
    </message>
    <message>
        <source>Autoencoder</source>
        <translation>オートエンコーダー</translation>
    </message>
    <message>
        <source>Autoregressive process</source>
        <translation>自己回帰過程</translation>
    </message>
    <message>
        <source>Behind its last stage; each stage before has twice as many.</source>
        <translation>最後のステージの後の数。前のステージほど2倍になります。</translation>
    </message>
    <message>
        <source>Bernoulli</source>
        <translation>ベルヌーイ</translation>
    </message>
    <message>
        <source>Beta</source>
        <translation>ベータ</translation>
    </message>
    <message>
        <source>Between code and picture; 0 = one linear map, as of principal components.</source>
        <translation>潜在符号と画像の間の層数。0は主成分分析のような一つの線形写像。</translation>
    </message>
    <message>
        <source>Between embeddings of length 1: of triplets a difference of squared distances, which are 4 at most; of pairs a distance, which is 2 at most.</source>
        <translation>長さ1の埋め込みの間の余裕。三つ組では二乗距離の差(距離の二乗は最大4)、対では距離(最大2)。</translation>
    </message>
    <message>
        <source>Blocks of two convolutions. Each looks twice as far back as the one before: with kernels of 3, six of them see 253 points in time.</source>
        <translation>畳み込み2つのブロックの数。後のものほど2倍さかのぼります。カーネル3なら6つで253時点を見ます。</translation>
    </message>
    <message>
        <source>Channels of the decoder</source>
        <translation>デコーダのチャンネル数</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>潜在符号</translation>
    </message>
    <message>
        <source>Coefficients</source>
        <translation>係数</translation>
    </message>
    <message>
        <source>Coloured shapes, drawn anew</source>
        <translation>色つきの図形を新たに描く</translation>
    </message>
    <message>
        <source>Convolutions down to a small map and up again to the picture&apos;s size, for objectives that draw or mark every pixel.</source>
        <translation>小さなマップまで下り、画像の大きさまで戻る畳み込み。描いたり画素ごとに印をつけたりする目的関数のためのものです。</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>コサイン</translation>
    </message>
    <message>
        <source>DDIM</source>
        <translation>DDIM</translation>
    </message>
    <message>
        <source>DDIM follows one path from each noise and needs few steps; DDPM draws new noise at each.</source>
        <translation>DDIMは各ノイズから一本の道をたどり、少ないステップで済みます。DDPMは毎回新しいノイズを引きます。</translation>
    </message>
    <message>
        <source>DDPM</source>
        <translation>DDPM</translation>
    </message>
    <message>
        <source>Deviation of a value</source>
        <translation>値の標準偏差</translation>
    </message>
    <message>
        <source>Diffusion</source>
        <translation>拡散モデル</translation>
    </message>
    <message>
        <source>Distances of embeddings tell classes apart, by triplets or pairs of pictures; new classes can then be told by their nearest pictures.</source>
        <translation>画像の三つ組または対を使い、埋め込みの距離でクラスを分けます。新しいクラスも最も近い画像で見分けられます。</translation>
    </message>
    <message>
        <source>Doublings on the way to the picture&apos;s size; small pictures take fewer.</source>
        <translation>画像の大きさになるまでの倍化の回数。小さな画像では減ります。</translation>
    </message>
    <message>
        <source>Drawn by</source>
        <translation>描き方</translation>
    </message>
    <message>
        <source>ETTh1 by convolutions</source>
        <translation>ETTh1を畳み込みで</translation>
    </message>
    <message>
        <source>Evenly spread over those of the noise: more draw better and take longer.</source>
        <translation>ノイズのステップに均等に割り振ります。多いほどよく描け、時間もかかります。</translation>
    </message>
    <message>
        <source>Filters over the past of a series whose steps double from layer to layer, so that few layers see far back.</source>
        <translation>系列の過去に掛けるフィルター。層ごとに間隔が倍になり、少ない層で遠くまで見ます。</translation>
    </message>
    <message>
        <source>From the picture to noise alone.</source>
        <translation>画像からノイズだけになるまでのステップ数。</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation>ガウス</translation>
    </message>
    <message>
        <source>Adversarial (GAN)</source>
        <translation>敵対的生成ネットワーク</translation>
    </message>
    <message>
        <source>Handwritten digits with noise on them, drawn again without it from a code of 32 values: features without a label, by convolutions in both directions.</source>
        <translation>ノイズを乗せた手書き数字を、32個の値の潜在符号からノイズなしで描き直します。両方向の畳み込みで、ラベルなしの特徴を得ます。</translation>
    </message>
    <message>
        <source>Handwritten digits, drawn out of noise step by step: a small U-Net learns to say the noise in pictures that are noisy to any degree, and an average of its weights draws.</source>
        <translation>手書き数字をノイズからステップごとに描きます。小さなU-Netがさまざまな強さのノイズを言い当てることを学び、その重みの平均が描きます。</translation>
    </message>
    <message>
        <source>Handwritten digits: a generator of convolutions draws them out of nothing, a convolutional network tells them from real ones. Judged by how far the drawn pictures lie from held-out ones.</source>
        <translation>手書き数字。畳み込みの生成器が何もないところから描き、畳み込みネットワークが本物と見分けます。描いた画像と評価用の画像との距離で評価します。</translation>
    </message>
    <message>
        <source>Hourly values of a power transformer (ETTh1.csv), or any table with a row for each hour: filters over the last four days, to be held against the linear map and the LSTM.</source>
        <translation>変圧器の毎時の値(ETTh1.csv)、または1時間1行の任意の表。直近4日間に掛けるフィルターで、線形写像やLSTMと比べます。</translation>
    </message>
    <message>
        <source>How fast a picture drowns in it. By the cosine small pictures keep their outlines longer.</source>
        <translation>画像がノイズに沈む速さ。コサインでは小さな画像の輪郭が長く残ります。</translation>
    </message>
    <message>
        <source>Least squares</source>
        <translation>最小二乗</translation>
    </message>
    <message>
        <source>Length of the series.</source>
        <translation>系列の長さ。</translation>
    </message>
    <message>
        <source>Likelihood</source>
        <translation>尤度</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>線形</translation>
    </message>
    <message>
        <source>Longest update</source>
        <translation>更新の上限</translation>
    </message>
    <message>
        <source>MNIST by a denoising autoencoder</source>
        <translation>MNISTをノイズ除去オートエンコーダーで</translation>
    </message>
    <message>
        <source>MNIST by a variational autoencoder</source>
        <translation>MNISTを変分オートエンコーダーで</translation>
    </message>
    <message>
        <source>MNIST by diffusion</source>
        <translation>MNISTを拡散モデルで</translation>
    </message>
    <message>
        <source>MNIST by two networks that learn from each other</source>
        <translation>MNISTを互いに学び合う2つのネットワークで</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>マージン</translation>
    </message>
    <message>
        <source>Metric learning</source>
        <translation>距離学習</translation>
    </message>
    <message>
        <source>Needs no file: the program draws coloured shapes, and a variational autoencoder of convolutions learns to draw others: their places, sizes and colours, out of focus. Some minutes.</source>
        <translation>ファイルは不要です。プログラムが色つきの図形を描き、畳み込みの変分オートエンコーダーがほかの図形を描くことを学びます。位置、大きさ、色はつかみますが、輪郭はぼやけます。数分。</translation>
    </message>
    <message>
        <source>Non-linearity before each convolution.</source>
        <translation>各畳み込みの前の非線形関数。</translation>
    </message>
    <message>
        <source>Non-linearity behind each convolution and each block.</source>
        <translation>各畳み込みと各ブロックの後の非線形関数。</translation>
    </message>
    <message>
        <source>Non-linearity behind each layer; none makes one linear map of all layers.</source>
        <translation>各層の後の非線形関数。なしにすると全層が一つの線形写像になります。</translation>
    </message>
    <message>
        <source>Of neighbouring channels that are normalised together; they must divide the channels.</source>
        <translation>まとめて正規化する隣り合うチャンネルのグループの数。チャンネル数を割り切る必要があります。</translation>
    </message>
    <message>
        <source>Of the map as large as the picture, and of what is handed on.</source>
        <translation>画像と同じ大きさのマップと、引き渡す特徴のチャンネル数。</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>対</translation>
    </message>
    <message>
        <source>Points in time that a filter sees at once.</source>
        <translation>フィルターが一度に見る時点の数。</translation>
    </message>
    <message>
        <source>Residual blocks at each size, on the way down and on the way up.</source>
        <translation>下りと上りの各大きさでの残差ブロックの数。</translation>
    </message>
    <message>
        <source>Root mean square that an update has at most, before the rate.</source>
        <translation>学習率を掛ける前の更新の二乗平均平方根の上限。</translation>
    </message>
    <message>
        <source>Series convolutions (TCN)</source>
        <translation>系列の畳み込み(TCN)</translation>
    </message>
    <message>
        <source>Share of the values behind each convolution that is zeroed while training.</source>
        <translation>学習中に0にする、各畳み込みの後の値の割合。</translation>
    </message>
    <message>
        <source>Share of the values zeroed in each block while training.</source>
        <translation>学習中に各ブロックで0にする値の割合。</translation>
    </message>
    <message>
        <source>Size of the vector that stands for one point in time, and filters of a convolution.</source>
        <translation>一時点を表すベクトルの大きさ。畳み込みのフィルター数でもあります。</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>スパース性</translation>
    </message>
    <message>
        <source>Stages of the decoder</source>
        <translation>デコーダのステージ数</translation>
    </message>
    <message>
        <source>Standard deviation of what is new in each value. Nobody can forecast that: its square, in deviations of the series, is the least loss of one row.</source>
        <translation>各値に新しく加わるものの標準偏差。これは誰にも予測できません。系列の標準偏差を単位としたその二乗が、1行の予測の最小の損失です。</translation>
    </message>
    <message>
        <source>Steps by the weights&apos; size</source>
        <translation>重みの大きさに応じたステップ</translation>
    </message>
    <message>
        <source>Steps in which its weight rises from 0 evenly, against codes that say nothing; 0 = none.</source>
        <translation>重みが0から均等に上がるステップ数。何も表さない潜在符号を防ぎます。0はなし。</translation>
    </message>
    <message>
        <source>Steps of drawing</source>
        <translation>描画のステップ数</translation>
    </message>
    <message>
        <source>Steps of noise</source>
        <translation>ノイズのステップ数</translation>
    </message>
    <message>
        <source>The mean of squared gradients at step t is kept by 1 - t to minus this.</source>
        <translation>ステップtでの二乗勾配の平均は、1からtのこの値の負乗を引いた割合だけ保たれます。</translation>
    </message>
    <message>
        <source>The noise</source>
        <translation>ノイズ</translation>
    </message>
    <message>
        <source>The rate counts in root mean squares of each weight itself, so that one rate suits all.</source>
        <translation>学習率を各重み自身の二乗平均平方根で数えます。一つの率ですべてに合います。</translation>
    </message>
    <message>
        <source>The same one makes the same series.</source>
        <translation>同じシードは同じ系列を作ります。</translation>
    </message>
    <message>
        <source>The velocity</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Times that the map is halved and its channels doubled on the way down; the way up takes as many.</source>
        <translation>下りでマップを半分にしチャンネルを倍にする回数。上りも同じ回数です。</translation>
    </message>
    <message>
        <source>Triplets</source>
        <translation>三つ組</translation>
    </message>
    <message>
        <source>Triplets: of each picture the farthest of its class is to be nearer, by the margin, than the nearest of another. Pairs: pictures of a class lie together, others a margin apart. Both go over the micro-batch.</source>
        <translation>三つ組:各画像について、同じクラスの最も遠い画像が、別のクラスの最も近い画像よりマージン分だけ近くなるようにします。対:同じクラスの画像は集まり、違うクラスはマージンだけ離れます。どちらもマイクロバッチの中で比べます。</translation>
    </message>
    <message>
        <source>U-Net</source>
        <translation>U-Net</translation>
    </message>
    <message>
        <source>Units of each of these layers.</source>
        <translation>これらの各層のユニット数。</translation>
    </message>
    <message>
        <source>Variational autoencoder</source>
        <translation>変分オートエンコーダー</translation>
    </message>
    <message>
        <source>Warm-up of beta</source>
        <translation>ベータのウォームアップ</translation>
    </message>
    <message>
        <source>Weight of the divergence of the codes from a standard normal distribution: 1 is the bound on the likelihood; more makes the values of a code independent, and drawings blurred.</source>
        <translation>潜在符号と標準正規分布とのダイバージェンスの重み。1は尤度の下界です。大きくすると潜在符号の値が独立になり、描画はぼやけます。</translation>
    </message>
    <message>
        <source>What each value keeps of the one before it, of the one before that, and so on, with commas between them.</source>
        <translation>各値が一つ前、二つ前…の値から保つ割合。コンマで区切ります。</translation>
    </message>
    <message>
        <source>What makes a picture of a code: fully connected layers, which suit small pictures, or stages of convolutions that each double height and width.</source>
        <translation>潜在符号から画像を作るもの。小さな画像に向く全結合層、または高さと幅を毎回倍にする畳み込みのステージ。</translation>
    </message>
    <message>
        <source>What the model says of a noisy picture: the noise in it, or its velocity, which is more even over the steps.</source>
        <translation>ノイズの乗った画像についてモデルが言い当てるもの。ノイズそのもの、またはステップ全体でより均等な速度。</translation>
    </message>
    <message>
        <source>Handwritten digits, drawn out of nothing: a code of 20 values that are normally distributed, learnt from the pictures alone. About 107 nats on the test part after 10 epochs.</source>
        <translation>手書き数字を何もないところから描きます。正規分布に従う20個の値の潜在符号を、画像だけから学びます。10エポック後のテスト部分で約107 nat。</translation>
    </message>
    <message>
        <source>Noise schedule</source>
        <translation>ノイズスケジュール</translation>
    </message>
    <message>
        <source>Normalise where it draws</source>
        <translation>描く側の正規化</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>予測するもの</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>サンプラー</translation>
    </message>
    <message>
        <source>Steps by the size of the weights, against means of squared gradients by row and column; takes as much memory as RMSprop here.</source>
        <translation>重みの大きさに応じたステップを、行と列ごとの二乗勾配の平均で割ります。ここでのメモリはRMSpropと同じです。</translation>
    </message>
    <message>
        <source>The channels of each place, behind each layer that draws but the last: steadier from the beginning.</source>
        <translation>描く側の最後を除く各層の後で、各位置のチャンネルを正規化します。初めから安定します。</translation>
    </message>
    <message>
        <source>What the model writes or draws now and then, so that progress can be seen.</source>
        <translation>モデルがときどき書いたり描いたりするもの。進み具合が分かります。</translation>
    </message>
    <message>
        <source>What the model writes or draws now and then.</source>
        <translation>モデルがときどき書いたり描いたりするもの。</translation>
    </message>
    <message>
        <source>A number of a table&apos;s rows</source>
        <translation>表の行の数値</translation>
    </message>
    <message>
        <source>A ring of bell curves by two that compete</source>
        <translation>競い合う二者による釣鐘型の分布の輪</translation>
    </message>
    <message>
        <source>Any CSV, TSV or JSON lines with a row for each thing: the class in its target column from all other columns, by a small fully connected network.</source>
        <translation>1 件が 1 行の CSV、TSV、JSON Lines。目的列のクラスを他のすべての列から、小さな全結合ネットワークで学びます。</translation>
    </message>
    <message>
        <source>Any CSV, TSV or JSON lines with a row for each thing: the number in its target column from all other columns, by a small fully connected network.</source>
        <translation>1 件が 1 行の CSV、TSV、JSON Lines。目的列の数値を他のすべての列から、小さな全結合ネットワークで学びます。</translation>
    </message>
    <message>
        <source>Bell curves that the rows are drawn from, each as often as the others.</source>
        <translation>行を引き出す釣鐘型の分布の数。どれも同じ頻度です。</translation>
    </message>
    <message>
        <source>Blocks of two fully connected layers, each added to what came in.</source>
        <translation>全結合層 2 つのブロック。それぞれ入力に足されます。</translation>
    </message>
    <message>
        <source>Categories</source>
        <translation>カテゴリー</translation>
    </message>
    <message>
        <source>Classes of a table&apos;s rows</source>
        <translation>表の行のクラス</translation>
    </message>
    <message>
        <source>Columns whose numbers are names, such as codes and postcodes, one a line: each of them is then a word and no amount.</source>
        <translation>数字が名前である列(コードや郵便番号など)を 1 行に 1 つ。その数字は量ではなく語として扱われます。</translation>
    </message>
    <message>
        <source>Copy memory</source>
        <translation>記憶の写し</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>遅れ</translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation>標準偏差</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>次元</translation>
    </message>
    <message>
        <source>Files, folders (all files below) and patterns, one a line: CSV, TSV or JSON lines with a row for each thing and a column for each thing that is known of it.</source>
        <translation>ファイル、フォルダー(以下のすべてのファイル)、パターンを 1 行に 1 つ。CSV、TSV、JSON Lines で、1 件が 1 行、わかっていることが 1 列ずつ。</translation>
    </message>
    <message>
        <source>Fully connected blocks over the values of a table&apos;s row or a picture, each added to what came in; also for drawing rows out of noise.</source>
        <translation>表の行や画像の値に対する全結合ブロック。それぞれ入力に足されます。雑音から行を描くのにも使えます。</translation>
    </message>
    <message>
        <source>Fully connected layers over all values of a picture or of a table&apos;s row; the plain one to compare with.</source>
        <translation>画像または表の行のすべての値に対する全結合層。比較の基準になる単純なもの。</translation>
    </message>
    <message>
        <source>Gradient penalty</source>
        <translation>勾配ペナルティ</translation>
    </message>
    <message>
        <source>How many are drawn.</source>
        <translation>引き出す行の数。</translation>
    </message>
    <message>
        <source>How many are made.</source>
        <translation>作る数。</translation>
    </message>
    <message>
        <source>Kinds of symbols</source>
        <translation>記号の種類</translation>
    </message>
    <message>
        <source>Leave out the row</source>
        <translation>行を除く</translation>
    </message>
    <message>
        <source>Letters from a on.</source>
        <translation>a から始まる文字。</translation>
    </message>
    <message>
        <source>Made-up numbers of a normal distribution: the least loss that any model can reach is known exactly (0.2755 for variance 1). Needs no data.</source>
        <translation>正規分布から作られた数値。どのモデルも下回れない損失が正確にわかっています(分散 1 で 0.2755)。データは不要です。</translation>
    </message>
    <message>
        <source>Made-up points around eight middles on a ring: a generator learns to draw all of them, and the figures tell how many it found. Needs no data.</source>
        <translation>輪の上の 8 つの中心の周りに作られた点。生成器がそのすべてを描くことを学び、いくつ見つけたかが数値でわかります。データは不要です。</translation>
    </message>
    <message>
        <source>Made-up rows around a few middles, each a class: whether a model draws all of them can be counted.</source>
        <translation>いくつかの中心の周りに作られた行で、中心ごとにクラスになります。モデルがそのすべてを描くかを数えられます。</translation>
    </message>
    <message>
        <source>Made-up texts whose first symbols are asked for after a long delay: shows how far a recurrent network remembers.</source>
        <translation>初めの記号を長い間をおいて尋ねる、作られたテキスト。再帰型ネットワークがどこまで覚えているかを示します。</translation>
    </message>
    <message>
        <source>Made-up texts whose first ten symbols are asked for after a delay of thirty words: a loss of 0.42 is that of a network that remembers nothing. Needs no data.</source>
        <translation>初めの 10 個の記号を 30 語の間をおいて尋ねる、作られたテキスト。損失 0.42 は何も覚えていないネットワークの値です。データは不要です。</translation>
    </message>
    <message>
        <source>Mean, and a mark</source>
        <translation>平均と印</translation>
    </message>
    <message>
        <source>Modes</source>
        <translation>モード</translation>
    </message>
    <message>
        <source>Name or number (from 1) of the column to be learnt; empty = found by its name, or else the last.</source>
        <translation>学ぶ列の名前または番号(1 から)。空 = 名前で探し、なければ最後の列。</translation>
    </message>
    <message>
        <source>Names or numbers (from 1) of the columns that are learnt from, one a line; empty = all but the target. Numbers, dates and words are told apart by what stands in them.</source>
        <translation>学習に使う列の名前または番号(1 から)を 1 行に 1 つ。空 = 目的列以外のすべて。数値・日付・語は中身で見分けます。</translation>
    </message>
    <message>
        <source>Non-linearity before each layer of a block.</source>
        <translation>ブロックの各層の前の非線形関数。</translation>
    </message>
    <message>
        <source>Of telling what is drawn from what is real: cross entropy, where the other side maximises what it is taken for; a hinge, which leaves alone what is told for sure; or squares, which pull back what lies too far on the right side; or Wasserstein&apos;s, the plain difference of the scores, which needs a penalty.</source>
        <translation>描いたものと本物を見分ける損失。交差エントロピー(相手側は本物とみなされる度合いを最大にする)、確かに見分けたものはそのままにするヒンジ、正しい側に行き過ぎたものを引き戻す二乗、または得点の差そのものであるワッサースタイン(ペナルティが必要)。</translation>
    </message>
    <message>
        <source>One bell curve by diffusion</source>
        <translation>拡散による釣鐘型の分布</translation>
    </message>
    <message>
        <source>One side draws pictures or rows, the other tells them from real ones; each learns from the other.</source>
        <translation>一方が画像や行を描き、他方がそれを本物と見分けます。互いから学びます。</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>Residual perceptron</source>
        <translation>残差パーセプトロン</translation>
    </message>
    <message>
        <source>Rows of numbers, dates and words from tables: a class or a number is learnt of each, or the rows themselves.</source>
        <translation>表にある数値・日付・語の行。各行のクラスや数値、または行そのものを学びます。</translation>
    </message>
    <message>
        <source>Say the noise in pictures or rows that are noisy to any degree, so that new ones can be drawn out of noise alone, step by step.</source>
        <translation>さまざまな程度に雑音の入った画像や行の雑音を言い当てます。雑音だけから少しずつ新しいものを描けるようになります。</translation>
    </message>
    <message>
        <source>Share of the values inside a block that is zeroed while training.</source>
        <translation>学習中にゼロにする、ブロック内の値の割合。</translation>
    </message>
    <message>
        <source>Symbols to keep</source>
        <translation>覚える記号</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Take a missing number for the column&apos;s mean and mark it, so that a model sees that it was not there; leave out its row; or refuse it.</source>
        <translation>欠けた数値を列の平均とみなして印を付け、モデルに欠けていたことがわかるようにするか、その行を除くか、拒否します。</translation>
    </message>
    <message>
        <source>Target column</source>
        <translation>目的列</translation>
    </message>
    <message>
        <source>Ten symbols remembered by an LSTM</source>
        <translation>LSTM が覚える 10 個の記号</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>The same one draws the same rows.</source>
        <translation>同じ値なら同じ行になります。</translation>
    </message>
    <message>
        <source>The same one makes the same texts.</source>
        <translation>同じ値なら同じテキストになります。</translation>
    </message>
    <message>
        <source>They stand at the beginning, and are asked for at the end.</source>
        <translation>初めに現れ、終わりに尋ねられます。</translation>
    </message>
    <message>
        <source>To be learnt is</source>
        <translation>学ぶもの</translation>
    </message>
    <message>
        <source>Values, drawn at random, that a picture or a row is made of.</source>
        <translation>画像や行のもとになる、無作為に引いた値の数。</translation>
    </message>
    <message>
        <source>Wasserstein</source>
        <translation>ワッサースタイン</translation>
    </message>
    <message>
        <source>What the target column says of a row: its class, or a number. Nothing: rows are learnt as they are.</source>
        <translation>目的列が行について示すもの: クラスまたは数値。なし: 行をそのまま学びます。</translation>
    </message>
    <message>
        <source>Words from the last symbol to the sign that asks for them, which is the last of them.</source>
        <translation>最後の記号から、記号を尋ねる合図までの語数(合図を含む)。</translation>
    </message>
    <message>
        <source>words</source>
        <translation>語</translation>
    </message>
    <message>
        <source>A number for each text, picture or row: a rating, a price, an angle.</source>
        <translation>テキスト・画像・行ごとの数値: 評価、価格、角度など。</translation>
    </message>
    <message>
        <source>One class for each text, picture or row: topics, sentiment, digits. Also the supervised continued pretraining of Sun et al. 2023.</source>
        <translation>テキスト・画像・行ごとに1つのクラス: 話題、感情、数字など。Sun et al. 2023 の教師あり継続事前学習にも使えます。</translation>
    </message>
    <message>
        <source>Adding problem</source>
        <translation>加算問題</translation>
    </message>
    <message>
        <source>At real rows</source>
        <translation>本物の行の上</translation>
    </message>
    <message>
        <source>Deviation of the noise on real and on drawn rows in the first step, in the units of rows as they are drawn: both sides overlap, and the score leads from one to the other. 0 = none.</source>
        <translation>最初のステップで本物の行と描いた行に加えるノイズの標準偏差（描かれる行の単位）。両者が重なり、スコアが一方から他方へ導きます。0 = なし。</translation>
    </message>
    <message>
        <source>First</source>
        <translation>最初</translation>
    </message>
    <message>
        <source>How the features of a text&apos;s tokens, or of a window&apos;s points in time, become one vector. Means nothing for pictures and tables, which the backbone pools itself.</source>
        <translation>文章のトークン、または窓の各時点の特徴を 1 つのベクトルにする方法。画像と表ではバックボーン自身がまとめるため意味を持ちません。</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>単位行列</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最後</translation>
    </message>
    <message>
        <source>Least rate</source>
        <translation>学習率の下限</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>長さ</translation>
    </message>
    <message>
        <source>Made-up sequences of numbers of which two are marked: their sum is asked for at the end, far behind them.</source>
        <translation>印の付いた 2 つの数の和を、離れた末尾で問う人工の系列。</translation>
    </message>
    <message>
        <source>Name or number (from 1) of the column to be learnt; empty = found by its name, or else the last. No window ends where it is empty.</source>
        <translation>学習する列の名前または番号（1 から）。空 = 名前から探し、なければ最後の列。値が空の行で終わる窓は作りません。</translation>
    </message>
    <message>
        <source>Names or numbers (from 1) of the columns of values, one a line; empty = all but the times and the target.</source>
        <translation>値の列の名前または番号（1 から）を 1 行に 1 つ。空 = 時刻と目的の列以外すべて。</translation>
    </message>
    <message>
        <source>Noise fades over</source>
        <translation>ノイズが消えるまで</translation>
    </message>
    <message>
        <source>Noise on what is told apart</source>
        <translation>判別するものへのノイズ</translation>
    </message>
    <message>
        <source>On plateau</source>
        <translation>停滞時に低下</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>待つ回数</translation>
    </message>
    <message>
        <source>Rows of a sequence: one of the two numbers stands in its first half, the other in its second.</source>
        <translation>系列の行数。2 つの数の一方は前半、もう一方は後半にあります。</translation>
    </message>
    <message>
        <source>Sequences</source>
        <translation>系列の数</translation>
    </message>
    <message>
        <source>Share of the peak rate that it never falls below.</source>
        <translation>最大学習率に対する割合で、これより下がりません。</translation>
    </message>
    <message>
        <source>Slope is looked at</source>
        <translation>傾きを見る場所</translation>
    </message>
    <message>
        <source>Span of memory</source>
        <translation>記憶の長さ</translation>
    </message>
    <message>
        <source>Steps in which the noise falls evenly to nothing; 0 = it stays.</source>
        <translation>ノイズが一定の割合で 0 になるまでのステップ数。0 = そのまま。</translation>
    </message>
    <message>
        <source>The rate stays, and falls whenever evaluations get no better.</source>
        <translation>学習率は一定で、評価が改善しなくなるたびに下がります。</translation>
    </message>
    <message>
        <source>The rows that follow a window; or what a column says at its end: a class, such as the state of a machine, or a number.</source>
        <translation>窓に続く行。または窓の終わりで列が示すもの: 機械の状態などのクラス、または数値。</translation>
    </message>
    <message>
        <source>The same one makes the same sequences.</source>
        <translation>同じ値からは同じ系列ができます。</translation>
    </message>
    <message>
        <source>Two numbers added far behind them, by an LSTM</source>
        <translation>LSTM による離れた 2 つの数の加算</translation>
    </message>
    <message>
        <source>Values over time from tables: what comes next is forecast from what was before, or a class or a number is learnt of it.</source>
        <translation>表にある時系列の値。それまでの値から次を予測するか、クラスや数値を学習します。</translation>
    </message>
    <message>
        <source>Weight of the squared slope of the score. It keeps both sides from running in circles, and what is drawn from falling into one place; 0 = none.</source>
        <translation>スコアの傾きの 2 乗の重み。両者の堂々巡りや、描くものが 1 か所に集まるのを防ぎます。0 = なし。</translation>
    </message>
    <message>
        <source>What follows</source>
        <translation>続き</translation>
    </message>
    <message>
        <source>Where real rows lie; or between each and a drawn one, so that the score also leads to places where nothing is drawn yet.</source>
        <translation>本物の行の位置。または本物と描いた行の間で、まだ何も描かれていない場所へもスコアが導くようにします。</translation>
    </message>
    <message>
        <source>Made-up sequences of fifty numbers of which two are marked: their sum is asked for at the end. An error (RMSE) of 0.41 is that of a network that says the mean. Needs no data.</source>
        <translation>50 個の数からなる人工の系列。印の付いた 2 つの和を最後に問います。平均を答えるだけのネットワークの誤差（RMSE）は 0.41 です。データは不要です。</translation>
    </message>
    <message>
        <source>Evaluations in a row without a better figure after which the rate falls. It is the figure that the best checkpoint goes by; better by evaluation.least_gain, if that is set.</source>
        <translation>この回数の評価が続けて改善しなければ学習率を下げます。最良のチェックポイントを決める指標で判断します。evaluation.least_gain を設定した場合は、その分だけ良くなる必要があります。</translation>
    </message>
    <message>
        <source>Gates begin so that values are kept for up to so long: set it to the longest delay that matters. Below 3 it is as usual, some steps. Elman&apos;s cell has no gates.</source>
        <translation>値が最長でこの長さまで保たれるようにゲートを初期化します。意味のある最長の遅れに合わせます。3 未満では通常どおり（数ステップ）。Elman のセルにはゲートがありません。</translation>
    </message>
    <message>
        <source>Between both</source>
        <translation>両者の間</translation>
    </message>
    <message>
        <source>A ring of bell curves, drawn by name</source>
        <translation>名前で描く、輪に並んだ釣鐘曲線</translation>
    </message>
    <message>
        <source>At random</source>
        <translation>無作為</translation>
    </message>
    <message>
        <source>Between convolution and activation: each channel by the batch, each place by its channels, or groups of a picture&apos;s channels. The blocks of attention have LayerNorm.</source>
        <translation>畳み込みと活性化の間: チャンネルごとにバッチで、位置ごとに全チャンネルで、または画像のチャンネルのグループごとに正規化します。アテンションのブロックはLayerNormです。</translation>
    </message>
    <message>
        <source>Blocks of attention and feed-forward behind the convolutions.</source>
        <translation>畳み込みの後に置く、アテンションと順伝播のブロックの数。</translation>
    </message>
    <message>
        <source>Blocks that write token by token and look at all that the backbone made of what it was shown. They stay with the objective: fine-tuning takes the backbone alone.</source>
        <translation>トークンを 1 つずつ書き、バックボーンが読み取ったものすべてを見るブロックの数。目的に属し、ファインチューニングではバックボーンだけを使います。</translation>
    </message>
    <message>
        <source>By the data</source>
        <translation>データに応じて</translation>
    </message>
    <message>
        <source>Carry the state</source>
        <translation>状態の引き継ぎ</translation>
    </message>
    <message>
        <source>Convolutions in each stage; the last one halves the map by moving two pixels at a time.</source>
        <translation>各ステージの畳み込み層の数。最後の層は 2 画素ずつ動いてマップを半分にします。</translation>
    </message>
    <message>
        <source>Convolutions make a small map of a picture, and a transformer&apos;s blocks read its places.</source>
        <translation>畳み込みが画像から小さなマップを作り、その各位置をTransformerのブロックが読みます。</translation>
    </message>
    <message>
        <source>Convolutional hybrid</source>
        <translation>畳み込みの後にアテンション</translation>
    </message>
    <message>
        <source>Divides every weight of the side that tells by the most that it stretches anything, so that its score cannot become steep. Normalisation inside of that side undoes a part of it.</source>
        <translation>見分ける側の重みをそれぞれ、入力を最も引き伸ばす倍率で割り、スコアが急にならないようにします。その側の中に正規化があると、効果の一部が打ち消されます。</translation>
    </message>
    <message>
        <source>Draw by class</source>
        <translation>クラス別に描く</translation>
    </message>
    <message>
        <source>Drop stretches of a text and let a decoder write them: an encoder and a decoder together, as in T5.</source>
        <translation>文章の一部を区間ごと抜き、デコーダに書かせます。T5 と同じ、エンコーダとデコーダの組です。</translation>
    </message>
    <message>
        <source>Dropout of the decoder</source>
        <translation>デコーダのドロップアウト</translation>
    </message>
    <message>
        <source>Dropped share</source>
        <translation>抜く割合</translation>
    </message>
    <message>
        <source>Factors</source>
        <translation>因子</translation>
    </message>
    <message>
        <source>Filters of a convolution, and size of the vector that stands for one point in time.</source>
        <translation>畳み込みのフィルターの数で、1 つの時点を表すベクトルの大きさでもあります。</translation>
    </message>
    <message>
        <source>Filters over the past, one behind the other, before the layers that read it. Each looks twice as far back as the one before.</source>
        <translation>読み取る層の前に重ねる、過去に掛けるフィルターの数。それぞれ前のものの 2 倍遠くまで見ます。</translation>
    </message>
    <message>
        <source>Filters see what lies near in time; recurrent layers or attention read what they make.</source>
        <translation>時間の近いところをフィルターが見て、その結果を再帰層かアテンションが読みます。</translation>
    </message>
    <message>
        <source>Further quantiles</source>
        <translation>そのほかの分位点</translation>
    </message>
    <message>
        <source>Gaps of text</source>
        <translation>文章の穴埋め</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>ガイダンス</translation>
    </message>
    <message>
        <source>Handwritten digits through a code of 32 values without a bend anywhere: it comes to the principal components, which leave a squared error of 13.19 of a picture of the test part.</source>
        <translation>手書き数字を、非線形性のない 32 個の値の潜在符号に通します。主成分に行き着き、テスト部分の画像 1 枚あたりの二乗誤差は 13.19 残ります。</translation>
    </message>
    <message>
        <source>Head width</source>
        <translation>ヘッドの幅</translation>
    </message>
    <message>
        <source>Hidden factors</source>
        <translation>隠れた因子</translation>
    </message>
    <message>
        <source>Hidden factors by a linear variational autoencoder</source>
        <translation>線形の変分オートエンコーダーで隠れた因子を</translation>
    </message>
    <message>
        <source>Hidden numbers that make up a row, each along a direction of its own at right angles to the others. A code of as many values misses a row by the squared error of (dimensions - factors) noise² on average, one of fewer by s² + noise² more for each factor of deviation s that it leaves out; no linear one misses it by less.</source>
        <translation>行を作る隠れた数。それぞれ、互いに直交する方向を持ちます。同じ数の値の潜在符号による 1 行の二乗誤差は平均 (dimensions - factors) noise² で、符号がそれより少なければ、省いた標準偏差 s の因子ごとに s² + noise² 増えます。線形のものはこれを下回れません。</translation>
    </message>
    <message>
        <source>How far drawing goes past what the class says, away from what is drawn without one: more draws rows that are typical of their class, and fewer different ones, in twice the time. 0 = none.</source>
        <translation>クラスなしで描くものから離れて、クラスが示す先へどこまで進めるかです。大きいほどクラスらしい行になり、多様さは減り、時間は倍かかります。0 = なし。</translation>
    </message>
    <message>
        <source>How the place in the last map enters: a learned table, or fixed sines of its row and its column. Without, only the convolutions have seen what lies beside what.</source>
        <translation>最後のマップでの位置の与え方。学習する表、または行と列の固定の正弦波。なしにすると、隣り合うものを見るのは畳み込みだけです。</translation>
    </message>
    <message>
        <source>Keep a short code of each picture or row and draw it again from that: plain, denoising or sparse.</source>
        <translation>各画像や行の短い潜在符号だけを残し、そこから描き直します。通常、ノイズ除去、スパースの各型。</translation>
    </message>
    <message>
        <source>Learn the distribution of pictures or rows: codes that are normally distributed, so that new ones can be drawn.</source>
        <translation>画像や行の分布を学びます。潜在符号が正規分布に従うので、新しいものを描けます。</translation>
    </message>
    <message>
        <source>Learn this deviation</source>
        <translation>この標準偏差を学習</translation>
    </message>
    <message>
        <source>Learnt beside it, with commas between them, such as 0.1, 0.9: the outermost two are the edges of a band that is judged by how much of what comes lies in it. Empty = none.</source>
        <translation>一緒に学習する分位点をカンマで区切ります。例：0.1, 0.9。最も外側の二つが帯の両端となり、実際の値がどれだけその中に入るかで評価します。空欄 = なし。</translation>
    </message>
    <message>
        <source>MNIST by a linear autoencoder</source>
        <translation>MNISTを線形オートエンコーダーで</translation>
    </message>
    <message>
        <source>Made-up points around eight middles on a ring: diffusion is told which middle each belongs to, and draws points of the one that is asked for. Needs no data.</source>
        <translation>輪の上の八つの中心のまわりに作った点です。拡散モデルは各点がどの中心に属すかを伝えられ、指定された中心の点を描きます。データは不要です。</translation>
    </message>
    <message>
        <source>Made-up rows of a few hidden factors and noise: the least error of a short code and the best likelihood are known exactly.</source>
        <translation>少数の隠れた因子とノイズから作られた行。短い潜在符号の最小の誤差と最良の尤度が正確にわかっています。</translation>
    </message>
    <message>
        <source>Made-up rows of three factors and noise: the bound that is learnt comes to the best likelihood that there is, a loss of 11.285 nats, and finds the noise of 0.5. Needs no data.</source>
        <translation>3 つの因子とノイズから作られた行。学習する下界は、ありうる最良の尤度である損失 11.285 nats に達し、ノイズ 0.5 を見つけます。データは不要です。</translation>
    </message>
    <message>
        <source>Mean gap</source>
        <translation>平均の長さ</translation>
    </message>
    <message>
        <source>Middles</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>Mixture of Gaussians</source>
        <translation>ガウス分布の混合</translation>
    </message>
    <message>
        <source>Non-linearity behind each convolution.</source>
        <translation>各畳み込みの後の非線形関数。</translation>
    </message>
    <message>
        <source>Of a Gaussian likelihood, of pictures in parts of the whole range: the smaller, the more the drawing weighs against the code.</source>
        <translation>ガウス尤度の標準偏差(画像では全範囲に対する割合)。小さいほど、潜在符号より描画が重視されます。</translation>
    </message>
    <message>
        <source>Of a Gaussian likelihood: one for all values, beginning with the one above. A linear model finds the noise of the data so (Lucas et al. 2019, arXiv:1911.02469).</source>
        <translation>ガウス尤度で、すべての値に共通の標準偏差を、上の値から始めて学びます。線形のモデルはこれによりデータのノイズを見つけます(Lucas ほか 2019、arXiv:1911.02469)。</translation>
    </message>
    <message>
        <source>Of a value given its code: Bernoulli suits pictures that are nearly black and white and is of values between 0 and 1 alone, Gaussian suits photographs and rows of numbers. By the data: the first of pictures, the second of rows.</source>
        <translation>潜在符号が与えられたときの値の尤度。ベルヌーイはほぼ白黒の画像に向き、0 から 1 までの値にしか使えません。ガウスは写真や数値の行に向きます。「データに応じて」は、画像では前者、行では後者です。</translation>
    </message>
    <message>
        <source>Of the ring, or half the length of the line; a single mode stands in its middle. At random the standard deviation of the middles in each dimension.</source>
        <translation>輪の半径、または線の長さの半分。モードが 1 つなら真ん中です。無作為では、各次元での中心の標準偏差です。</translation>
    </message>
    <message>
        <source>On a ring</source>
        <translation>輪の上</translation>
    </message>
    <message>
        <source>Read by</source>
        <translation>読み取る層</translation>
    </message>
    <message>
        <source>Recurrent layers or blocks of attention.</source>
        <translation>再帰層、またはアテンションのブロックの数。</translation>
    </message>
    <message>
        <source>Rows without class</source>
        <translation>クラスなしの行</translation>
    </message>
    <message>
        <source>Series hybrid</source>
        <translation>系列ハイブリッド</translation>
    </message>
    <message>
        <source>Share of activations of the attention blocks zeroed while training.</source>
        <translation>学習中に0にする、アテンションのブロックの活性の割合。</translation>
    </message>
    <message>
        <source>Share of activations zeroed in it while training; 0 when every token is seen about once.</source>
        <translation>学習中にデコーダで 0 にする活性の割合。どのトークンも 1 回ほどしか見ないなら 0。</translation>
    </message>
    <message>
        <source>Share of the pixels that are black in what the model sees, or of a row&apos;s columns that are 0, and have to be drawn.</source>
        <translation>モデルに見せるときに黒く塗る画素、または行で 0 にする列の割合。モデルはそれらを描かなければなりません。</translation>
    </message>
    <message>
        <source>Share of the rows whose class the model is not told while it learns, so that it also learns to draw without; guidance needs both.</source>
        <translation>学習中にクラスを伝えない行の割合です。クラスなしでも描けるようになります。ガイダンスには両方が必要です。</translation>
    </message>
    <message>
        <source>Share of the tokens that are dropped and written.</source>
        <translation>抜き取って書かせるトークンの割合。</translation>
    </message>
    <message>
        <source>Share of the values behind each convolution and between layers that is zeroed while training.</source>
        <translation>学習中に0にする、各畳み込みの後と層の間の値の割合。</translation>
    </message>
    <message>
        <source>Size of the vector that stands for one place of the last map.</source>
        <translation>最後のマップの 1 つの位置を表すベクトルの大きさ。</translation>
    </message>
    <message>
        <source>Spectral norm</source>
        <translation>スペクトル正規化</translation>
    </message>
    <message>
        <source>Squared error of the values (of pictures of their brightness), or the cross entropy, which suits pictures that are nearly black and white, and values between 0 and 1 alone.</source>
        <translation>値(画像では明るさ)の二乗誤差、または交差エントロピー。後者はほぼ白黒の画像に向き、0 から 1 までの値にしか使えません。</translation>
    </message>
    <message>
        <source>Stages of convolutions before the attention. Each halves height and width and has twice the channels of the one before; attention sees the places of the last map.</source>
        <translation>アテンションの前に置く畳み込みのステージ数。ステージごとに縦横は半分、チャンネル数は前の 2 倍になり、アテンションは最後のマップの各位置を見ます。</translation>
    </message>
    <message>
        <source>Standard deviation of each mode in each dimension. Where the modes lie far apart the best mean log likelihood of a row is -ln modes - dimensions (ln deviation + 1.4189) nats.</source>
        <translation>各次元での各モードの標準偏差。モードどうしが遠く離れていれば、1 行の平均対数尤度の最良値は -ln modes - dimensions (ln deviation + 1.4189) nats です。</translation>
    </message>
    <message>
        <source>Standard deviation of the strongest factor; of k factors the others have (k-1)/k of it, (k-2)/k and so on.</source>
        <translation>最も強い因子の標準偏差。k 個の因子なら、ほかはその (k-1)/k、(k-2)/k… になります。</translation>
    </message>
    <message>
        <source>Standard deviation of what is added to each value of what the model sees, of pictures in parts of the whole range: it has to draw them without it (denoising autoencoder).</source>
        <translation>モデルに見せる各値に加えるノイズの標準偏差(画像では全範囲に対する割合)。モデルはノイズのないものを描かなければなりません(ノイズ除去オートエンコーダー)。</translation>
    </message>
    <message>
        <source>Standard deviation of what is added to each value. The best mean log likelihood of a row is -(dimensions (1 + ln 2π) + the sum of ln(s² + noise²) over the factors&apos; deviations s + (dimensions - factors) ln noise²) / 2 nats: no model has more on new rows.</source>
        <translation>各値に加えるノイズの標準偏差。1 行の平均対数尤度の最良値は -(dimensions (1 + ln 2π) + 因子の標準偏差 s についての ln(s² + noise²) の和 + (dimensions - factors) ln noise²) / 2 nats で、新しい行でこれを超えるモデルはありません。</translation>
    </message>
    <message>
        <source>T5&apos;s objective on your text: stretches are dropped, an encoder reads the rest and a decoder writes them.</source>
        <translation>T5 の目的で自分の文章を学習: 一部を区間ごと抜き、エンコーダが残りを読み、デコーダが抜いたところを書きます。</translation>
    </message>
    <message>
        <source>Tells the model the class of each row, so that rows of a class can be asked for. Needs data whose rows have one class each.</source>
        <translation>各行のクラスをモデルに伝え、クラスを指定して描けるようにします。行ごとにクラスが一つあるデータが必要です。</translation>
    </message>
    <message>
        <source>The same one draws the same directions and rows.</source>
        <translation>同じ値なら同じ方向と同じ行になります。</translation>
    </message>
    <message>
        <source>The text is read in its order, a stretch for each row of a step, and a row begins with the state that the same row of the step before ended with: memory reaches beyond the context, gradients do not (truncated backpropagation through time). An epoch begins with an empty state. Evaluations carry a state of their own, unless their windows overlap.</source>
        <translation>文章を順に読み、ステップの行ごとに一続きの区間を割り当てます。各行は前のステップの同じ行が終えた状態から始まるので、記憶は文脈長を越えて届きますが、勾配は越えません（打ち切り型の時間方向逆伝播）。エポックの始めは空の状態です。評価は、窓が重ならない限り、評価専用の状態を引き継ぎます。</translation>
    </message>
    <message>
        <source>Tokens that are dropped together, on average. The longer, the more has to be made up and the less can be read off what stands beside it.</source>
        <translation>まとめて抜くトークンの平均の数。長いほど、隣から読み取れることが減り、考え出すことが増えます。</translation>
    </message>
    <message>
        <source>Values of a row.</source>
        <translation>1 行の値の数。</translation>
    </message>
    <message>
        <source>Values of an attention head of the decoder, which is as wide as the backbone: it has as few heads as leave none wider than this.</source>
        <translation>デコーダのアテンションヘッド 1 つの値の数。デコーダの幅はバックボーンと同じで、どのヘッドもこの幅を超えない最も少ない数のヘッドを持ちます。</translation>
    </message>
    <message>
        <source>Values that are kept of a picture or a row, each with a mean and a deviation.</source>
        <translation>画像や行から残す値の数。それぞれ平均と標準偏差を持ちます。</translation>
    </message>
    <message>
        <source>Values that are kept of a picture or a row. The fewer, the more the model has to find out what they have in common.</source>
        <translation>画像や行から残す値の数。少ないほど、モデルはそれらに共通するものを見つけ出さなければなりません。</translation>
    </message>
    <message>
        <source>Weight of the sum of the code&apos;s absolute values in the loss: above 0 most of them are near nothing for each picture or row (sparse autoencoder).</source>
        <translation>損失での潜在符号の絶対値の和の重み。0より大きいと、画像や行ごとにほとんどの値が0に近くなります(スパースオートエンコーダー)。</translation>
    </message>
    <message>
        <source>What reads the filtered points: layers that carry a state from the past to now, or attention between all points.</source>
        <translation>フィルターを掛けた時点を読むもの。過去から今へ状態を運ぶ層、またはすべての時点の間のアテンション。</translation>
    </message>
    <message>
        <source>Where the middles of the modes stand: evenly on a ring in the first two dimensions, of one dimension on a line; or drawn at random, normally distributed in all dimensions.</source>
        <translation>モードの中心の置き方。最初の 2 次元の輪の上に等間隔に(1 次元では線の上に)並べるか、すべての次元で正規分布に従って無作為に選びます。</translation>
    </message>
    <message>
        <source>CO2 of a kWh</source>
        <translation>1 kWh あたりの CO2</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>通貨</translation>
    </message>
    <message>
        <source>Grams of CO2 equivalent that a kilowatt-hour of your supplier stands for; 0 = not told.</source>
        <translation>電力会社の 1 キロワット時に相当する CO2 換算グラム数。0 = 未設定。</translation>
    </message>
    <message>
        <source>Of both prices, such as JPY.</source>
        <translation>両方の価格の通貨(JPY など)。</translation>
    </message>
    <message>
        <source>Power of the machine</source>
        <translation>マシンの消費電力</translation>
    </message>
    <message>
        <source>Price of a kWh</source>
        <translation>1 kWh の価格</translation>
    </message>
    <message>
        <source>Price of an hour</source>
        <translation>1 時間の価格</translation>
    </message>
    <message>
        <source>W</source>
        <translation>W</translation>
    </message>
    <message>
        <source>What a kilowatt-hour costs; 0 = not told.</source>
        <translation>1 キロワット時の料金。0 = 未設定。</translation>
    </message>
    <message>
        <source>What an hour of the machine costs besides, as of a rented one; 0 = nothing.</source>
        <translation>電力のほかにマシンの 1 時間にかかる費用(レンタルの場合など)。0 = なし。</translation>
    </message>
    <message>
        <source>What it draws while it trains, for runs whose energy it did not measure; 0 = no estimate.</source>
        <translation>学習中の消費電力。電力量が測定されていない実行に使う。0 = 見積もらない。</translation>
    </message>
    <message>
        <source>g</source>
        <translation>g</translation>
    </message>
    <message>
        <source>A number of so many digits or more is a long one.</source>
        <translation>この桁数以上の数字を長い番号とします。</translation>
    </message>
    <message>
        <source>A text file with more of them, one a line.</source>
        <translation>語を 1 行に 1 つ書いたテキストファイルです。</translation>
    </message>
    <message>
        <source>Alike are</source>
        <translation>同じとみなす差</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>そのまま</translation>
    </message>
    <message>
        <source>Become &lt;email&gt;.</source>
        <translation>&lt;email&gt; になります。</translation>
    </message>
    <message>
        <source>Blank lines</source>
        <translation>空行</translation>
    </message>
    <message>
        <source>Blocked words</source>
        <translation>禁止語</translation>
    </message>
    <message>
        <source>Card numbers</source>
        <translation>カード番号</translation>
    </message>
    <message>
        <source>Commonest pair</source>
        <translation>最多の語の組</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比べるもの</translation>
    </message>
    <message>
        <source>Control characters</source>
        <translation>制御文字</translation>
    </message>
    <message>
        <source>Curation</source>
        <translation>データの整備</translation>
    </message>
    <message>
        <source>Digits of those</source>
        <translation>その桁数</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文書</translation>
    </message>
    <message>
        <source>Documents are compared by their runs of so many words; of scripts without spaces each letter counts as a word. Case, punctuation and white space make no difference.</source>
        <translation>文書はこの語数の並びで比べます。分かち書きしない文字では 1 文字を 1 語とします。大文字と小文字、句読点、空白は区別しません。</translation>
    </message>
    <message>
        <source>Drop a document of which so much stands in one before: shared runs of words of all runs that the two have (Jaccard). Estimated, give or take 0.04.</source>
        <translation>前の文書とこれだけ共通する文書を除きます: 両方の語の並び全体のうち共有する割合（Jaccard）。推定値で、誤差は約 0.04 です。</translation>
    </message>
    <message>
        <source>Drop documents of fewer characters.</source>
        <translation>文字数がこれより少ない文書を除きます。</translation>
    </message>
    <message>
        <source>Drop documents of fewer words; of scripts without spaces each letter counts as a word.</source>
        <translation>語数がこれより少ない文書を除きます。分かち書きしない文字では 1 文字を 1 語と数えます。</translation>
    </message>
    <message>
        <source>Drop documents of more characters; 0 = no limit.</source>
        <translation>文字数がこれより多い文書を除きます。0 = 制限なし。</translation>
    </message>
    <message>
        <source>Drop documents of more words; 0 = no limit.</source>
        <translation>語数がこれより多い文書を除きます。0 = 制限なし。</translation>
    </message>
    <message>
        <source>Drop documents that have so many of them.</source>
        <translation>これだけの数を含む文書を除きます。</translation>
    </message>
    <message>
        <source>Drop the document</source>
        <translation>文書を除く</translation>
    </message>
    <message>
        <source>Drop the document, or write something else in the place of the words.</source>
        <translation>文書を除くか、語の代わりに別の文字を書きます。</translation>
    </message>
    <message>
        <source>Drops documents that are no running text: lists, menus, signs, repetitions.</source>
        <translation>文章でない文書（一覧、メニュー、記号、繰り返し）を除きます。</translation>
    </message>
    <message>
        <source>Drops documents that are too short or too long.</source>
        <translation>短すぎる、または長すぎる文書を除きます。</translation>
    </message>
    <message>
        <source>Drops documents that have some words, or masks these words.</source>
        <translation>指定した語を含む文書を除くか、その語を伏せます。</translation>
    </message>
    <message>
        <source>E-mail addresses</source>
        <translation>メールアドレス</translation>
    </message>
    <message>
        <source>Ended lines</source>
        <translation>文末のある行</translation>
    </message>
    <message>
        <source>Exact duplicates</source>
        <translation>完全な重複</translation>
    </message>
    <message>
        <source>File of words</source>
        <translation>語のファイル</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>IP addresses</source>
        <translation>IP アドレス</translation>
    </message>
    <message>
        <source>In common</source>
        <translation>共通の割合</translation>
    </message>
    <message>
        <source>Keep documents that are written in these, one a line: Latin, Cyrillic, Arabic, Devanagari, Hangul, Han, Hiragana, Katakana and others; of Japanese the last three. None: letters are counted and nothing is dropped.</source>
        <translation>これらの文字で書かれた文書を残します（1 行に 1 つ）: Latin、Cyrillic、Arabic、Devanagari、Hangul、Han、Hiragana、Katakana など。日本語は最後の 3 つです。空なら数えるだけで何も除きません。</translation>
    </message>
    <message>
        <source>Keep no more than so many blank lines in a row.</source>
        <translation>続く空行をこの数までにします。</translation>
    </message>
    <message>
        <source>Keeps documents written in some scripts, and counts the letters of each.</source>
        <translation>指定した種類の文字で書かれた文書を残し、文字の数を種類ごとに数えます。</translation>
    </message>
    <message>
        <source>Keeps the first of documents that are nearly the same. Takes some 2 KiB of memory for each.</source>
        <translation>ほぼ同じ文書の最初だけを残します。1 つにつき約 2 KiB のメモリーを使います。</translation>
    </message>
    <message>
        <source>Keeps the first of equal documents, paragraphs or lines. Takes some 50 bytes of memory for each.</source>
        <translation>同じ文書、段落、行の最初だけを残します。1 つにつき約 50 バイトのメモリーを使います。</translation>
    </message>
    <message>
        <source>Least characters</source>
        <translation>最少文字数</translation>
    </message>
    <message>
        <source>Least mean length of the words; 0 = off. Never asked of Japanese, Chinese, Thai and other text that is written without spaces.</source>
        <translation>語の平均の長さの下限。0 = 使わない。日本語、中国語、タイ語など分かち書きしない文章には適用しません。</translation>
    </message>
    <message>
        <source>Least number</source>
        <translation>最少の個数</translation>
    </message>
    <message>
        <source>Least share</source>
        <translation>最小の割合</translation>
    </message>
    <message>
        <source>Least share of lines that end in a mark that ends a sentence, quotes and brackets aside, also those of Chinese, Japanese, Arabic and Hindi; 0 = off.</source>
        <translation>文を終える記号で終わる行の割合の下限（引用符と括弧は除いて見ます。中国語、日本語、アラビア語、ヒンディー語の記号も含みます）。0 = 使わない。</translation>
    </message>
    <message>
        <source>Least share of words that have a letter; 0 = off. Of scripts without spaces each letter is a word, and signs between such letters are none. Where signs stand between spaces, as in WikiText, less is right.</source>
        <translation>文字を含む語の割合の下限。0 = 使わない。分かち書きしない文字では 1 文字が 1 語で、その間の記号は語としません。WikiText のように記号が空白で区切られた文章では小さくします。</translation>
    </message>
    <message>
        <source>Least word length</source>
        <translation>最小の語長</translation>
    </message>
    <message>
        <source>Least words</source>
        <translation>最少語数</translation>
    </message>
    <message>
        <source>Length of runs</source>
        <translation>並びの長さ</translation>
    </message>
    <message>
        <source>Long numbers</source>
        <translation>長い番号</translation>
    </message>
    <message>
        <source>Long rows of digits, and social security numbers of the United States; become &lt;id&gt;.</source>
        <translation>桁数の多い数字と、米国の社会保障番号。&lt;id&gt; になります。</translation>
    </message>
    <message>
        <source>Make one space of several within a line. Indented text and code lose their shape.</source>
        <translation>行の中の続く空白を一つにします。字下げやプログラムの形は失われます。</translation>
    </message>
    <message>
        <source>Makes UTF-8 of every document and writes each character in one form.</source>
        <translation>すべての文書を UTF-8 にし、文字の書き方を統一します。</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>伏せ字</translation>
    </message>
    <message>
        <source>Mask the words</source>
        <translation>語を伏せる</translation>
    </message>
    <message>
        <source>Masks e-mail addresses, phone, card and long numbers by their form. Names are not found.</source>
        <translation>メールアドレス、電話番号、カード番号、長い番号を形で見つけて伏せます。名前は見つけられません。</translation>
    </message>
    <message>
        <source>Most ellipses</source>
        <translation>省略記号の上限</translation>
    </message>
    <message>
        <source>Most lines that begin with a bullet, as a share of all lines; 1 = off.</source>
        <translation>箇条書きの記号で始まる行の割合の上限。1 = 使わない。</translation>
    </message>
    <message>
        <source>Most lines that end in an ellipsis, as a share of all lines; 1 = off.</source>
        <translation>省略記号で終わる行の割合の上限。1 = 使わない。</translation>
    </message>
    <message>
        <source>Most list items</source>
        <translation>箇条書きの上限</translation>
    </message>
    <message>
        <source>Most mean length of the words; 0 = off. Never asked of text that is written without spaces.</source>
        <translation>語の平均の長さの上限。0 = 使わない。分かち書きしない文章には適用しません。</translation>
    </message>
    <message>
        <source>Most of the text that stands in lines which were there before in it; 1 = off.</source>
        <translation>同じ文書の前の行の繰り返しが占める割合の上限。1 = 使わない。</translation>
    </message>
    <message>
        <source>Most of the text that stands in runs of 5 words which were there before in it; 1 = off. Of scripts without spaces the runs are of 15 letters.</source>
        <translation>同じ文書の前にもあった 5 語の並びが占める割合の上限。1 = 使わない。分かち書きしない文字では 15 文字の並びです。</translation>
    </message>
    <message>
        <source>Most of the text that the commonest pair of words makes up; 1 = off. Of scripts without spaces four letters in a row take the place of the pair.</source>
        <translation>最も多い 2 語の組が占める割合の上限。1 = 使わない。分かち書きしない文字では続く 4 文字を組とします。</translation>
    </message>
    <message>
        <source>Most signs # and ellipses for each word; 1 = off.</source>
        <translation>1 語あたりの # と省略記号の上限。1 = 使わない。</translation>
    </message>
    <message>
        <source>Most symbols</source>
        <translation>記号の上限</translation>
    </message>
    <message>
        <source>Most word length</source>
        <translation>最大の語長</translation>
    </message>
    <message>
        <source>Most words</source>
        <translation>最多語数</translation>
    </message>
    <message>
        <source>NFC</source>
        <translation>NFC</translation>
    </message>
    <message>
        <source>NFKC</source>
        <translation>NFKC</translation>
    </message>
    <message>
        <source>Near duplicates</source>
        <translation>近い重複</translation>
    </message>
    <message>
        <source>Not UTF-8</source>
        <translation>UTF-8 でない文書</translation>
    </message>
    <message>
        <source>Of both versions; become &lt;ip&gt;.</source>
        <translation>両方の版が対象で、&lt;ip&gt; になります。</translation>
    </message>
    <message>
        <source>Of payment cards: 13 to 19 digits that pass their check (Luhn); become &lt;card&gt;.</source>
        <translation>支払いカードの番号: 検査（Luhn）に通る 13〜19 桁。&lt;card&gt; になります。</translation>
    </message>
    <message>
        <source>Personal data</source>
        <translation>個人情報</translation>
    </message>
    <message>
        <source>Phone numbers</source>
        <translation>電話番号</translation>
    </message>
    <message>
        <source>Quality rules</source>
        <translation>品質の規則</translation>
    </message>
    <message>
        <source>Read as EUC-JP</source>
        <translation>EUC-JP で読む</translation>
    </message>
    <message>
        <source>Read as Shift_JIS</source>
        <translation>Shift_JIS で読む</translation>
    </message>
    <message>
        <source>Read as Windows-1252</source>
        <translation>Windows-1252</translation>
    </message>
    <message>
        <source>Repeated lines</source>
        <translation>繰り返しの行</translation>
    </message>
    <message>
        <source>Repeated runs</source>
        <translation>繰り返しの語列</translation>
    </message>
    <message>
        <source>Replace each byte</source>
        <translation>バイトごとに置換</translation>
    </message>
    <message>
        <source>Runs of spaces</source>
        <translation>続く空白</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>文字の種類</translation>
    </message>
    <message>
        <source>Scripts</source>
        <translation>文字の種類</translation>
    </message>
    <message>
        <source>Shorter paragraphs and lines stay: headings and greetings meet by chance.</source>
        <translation>これより短い段落と行は残します。見出しや挨拶は偶然に一致します。</translation>
    </message>
    <message>
        <source>Shortest part</source>
        <translation>最短の部分</translation>
    </message>
    <message>
        <source>So much of a document&apos;s letters must be of these scripts.</source>
        <translation>文書の文字のうち、これだけがその種類でなければなりません。</translation>
    </message>
    <message>
        <source>Stands in the place of each word.</source>
        <translation>それぞれの語の代わりに書かれます。</translation>
    </message>
    <message>
        <source>Steps that clean text before it is learnt from.</source>
        <translation>学習の前にテキストを整える手順です。</translation>
    </message>
    <message>
        <source>Take away control characters other than tabs and line ends, byte order marks and soft hyphens.</source>
        <translation>タブと改行以外の制御文字、バイト順マーク、ソフトハイフンを取り除きます。</translation>
    </message>
    <message>
        <source>Take away white space at the ends of lines, and blank lines at both ends of a document.</source>
        <translation>行末の空白と、文書の前後の空行を取り除きます。</translation>
    </message>
    <message>
        <source>Takes away white space and control characters that say nothing.</source>
        <translation>意味のない空白と制御文字を取り除きます。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>Texts that differ in nothing but white space, or in nothing but white space, case, punctuation and the form of characters.</source>
        <translation>空白だけが違う文章、または空白、大文字と小文字、句読点、文字の形だけが違う文章を同じとみなします。</translation>
    </message>
    <message>
        <source>The same letter can be written in several ways. NFC joins letters and accents; NFKC also turns full width letters, ligatures and the like into plain ones.</source>
        <translation>同じ文字にも複数の書き方があります。NFC は文字とアクセントを合成し、NFKC は全角英数字や合字なども普通の文字にします。</translation>
    </message>
    <message>
        <source>Trailing space</source>
        <translation>行末の空白</translation>
    </message>
    <message>
        <source>Unicode</source>
        <translation>Unicode</translation>
    </message>
    <message>
        <source>Up to case and signs</source>
        <translation>大小と記号まで</translation>
    </message>
    <message>
        <source>Up to white space</source>
        <translation>空白の違いまで</translation>
    </message>
    <message>
        <source>What becomes of a document that is not UTF-8: it is dropped, each wrong byte becomes the sign U+FFFD, or the document is read in another encoding, and dropped where it is not in that either.</source>
        <translation>UTF-8 でない文書の扱い: 除く、不正なバイトをそれぞれ U+FFFD にする、または別の文字コードとして読む（それでも読めなければ除く）。</translation>
    </message>
    <message>
        <source>What is done</source>
        <translation>処理</translation>
    </message>
    <message>
        <source>White space</source>
        <translation>空白</translation>
    </message>
    <message>
        <source>Whole documents, of which the first stays; or the paragraphs or lines of all documents, of which each later occurrence is taken out of its document.</source>
        <translation>文書全体（最初のものが残ります）、または全文書の段落や行（後に現れたものをその文書から取り除きます）。</translation>
    </message>
    <message>
        <source>With a plus before them, or in groups as they are written in North America and Japan; become &lt;phone&gt;.</source>
        <translation>+ で始まるもの、または北米と日本の書き方で区切られたもの。&lt;phone&gt; になります。</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>語</translation>
    </message>
    <message>
        <source>Words or phrases, one a line. Case makes no difference. Only whole words count; in scripts without spaces they count wherever they stand.</source>
        <translation>語または句（1 行に 1 つ）。大文字と小文字は区別しません。語全体だけが対象です。分かち書きしない文字ではどこにあっても対象です。</translation>
    </message>
    <message>
        <source>Words with letters</source>
        <translation>文字を含む語</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>文字</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Queued</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>準備中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>実行中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>停止中</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>中断</translation>
    </message>
</context>
<context>
    <name>Time</name>
    <message>
        <source>d MMM HH:mm</source>
        <translation>M/d HH:mm</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy/M/d</translation>
    </message>
</context>
<context>
    <name>Unit</name>
    <message>
        <source>d</source>
        <translation>日</translation>
    </message>
    <message>
        <source>h</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>min</source>
        <translation>分</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>%1 images</source>
        <translation>%1 画像</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 トークン</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>トークン</translation>
    </message>
    <message>
        <source>Images a second</source>
        <translation>毎秒画像数</translation>
    </message>
    <message>
        <source>Tokens a second</source>
        <translation>毎秒トークン数</translation>
    </message>
    <message>
        <source>%1 windows</source>
        <translation>%1 窓</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>窓</translation>
    </message>
    <message>
        <source>Windows a second</source>
        <translation>毎秒の窓</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Tokens, images, windows, rows</source>
        <translation>トークン・画像・窓・行</translation>
    </message>
    <message>
        <source>Tokens, images, windows or rows a second</source>
        <translation>毎秒のトークン・画像・窓・行</translation>
    </message>
    <message>
        <source>Rows a second</source>
        <translation>毎秒の行</translation>
    </message>
</context>
<context>
    <name>gw::ui::BaselinesPanel</name>
    <message>
        <source>Stops the comparison with classic methods</source>
        <translation>古典的手法との比較を中止します</translation>
    </message>
    <message>
        <source>What classic methods reach, and this run</source>
        <translation>古典的手法の成績と、この実行</translation>
    </message>
    <message>
        <source>Reading the data…</source>
        <translation>データを読んでいます…</translation>
    </message>
    <message>
        <source>This run</source>
        <translation>この実行</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>A classic method does better than this run.</source>
        <translation>古典的手法のほうがこの実行より良い成績です。</translation>
    </message>
    <message>
        <source>No classic method does better than this run.</source>
        <translation>この実行より良い古典的手法はありません。</translation>
    </message>
    <message>
        <source>Learnt from %1 of %2 training rows and evaluated on %3, in the same split.</source>
        <translation>同じ分割で、学習用の %2 行のうち %1 行から学習し、%3 行で評価しました。</translation>
    </message>
</context>
<context>
    <name>gw::ui::BatchLink</name>
    <message>
        <source>Linked</source>
        <translation>連動</translation>
    </message>
    <message>
        <source>Changing the micro-batch or the accumulation changes the other one too, so that a step keeps its rows</source>
        <translation>マイクロバッチと勾配累積の一方を変えるともう一方も変わり、1 ステップの行数が保たれます</translation>
    </message>
</context>
<context>
    <name>gw::ui::CheckpointDialog</name>
    <message>
        <source>Choose a checkpoint</source>
        <translation>チェックポイントを選ぶ</translation>
    </message>
    <message>
        <source>Name of a run…</source>
        <translation>実行の名前…</translation>
    </message>
    <message>
        <source>Show checkpoints of runs with this in their name</source>
        <translation>この文字を名前に含む実行のチェックポイントを表示</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>確認中…</translation>
    </message>
    <message>
        <source>Other folder…</source>
        <translation>別のフォルダー…</translation>
    </message>
    <message>
        <source>A checkpoint that is not in this history, such as one that was downloaded</source>
        <translation>この履歴にないチェックポイント (ダウンロードしたものなど)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>選ぶ</translation>
    </message>
    <message>
        <source>Folder of a checkpoint</source>
        <translation>チェックポイントのフォルダー</translation>
    </message>
    <message>
        <source>There is no checkpoint in this history yet.</source>
        <translation>この履歴にはまだチェックポイントがありません。</translation>
    </message>
</context>
<context>
    <name>gw::ui::CheckpointModel</name>
    <message>
        <source>Run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>検証</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>The weights that the run stands for: what evaluates, predicts and writes takes these</source>
        <translation>この実行を代表する重み。評価・予測・生成はこれを使います</translation>
    </message>
    <message>
        <source>Of about the first %1 tokens of the validation part; the run&apos;s last figure is of all of it</source>
        <translation>検証用の先頭およそ %1 トークンでの値。実行の最後の値は全体でのものです</translation>
    </message>
    <message>
        <source>Of about the first %1 tokens of the validation part, as the run&apos;s last figure</source>
        <translation>検証用の先頭およそ %1 トークンでの値。実行の最後の値も同じです</translation>
    </message>
    <message>
        <source>current, best</source>
        <translation>現在・最良</translation>
    </message>
    <message>
        <source>current</source>
        <translation>現在</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最良</translation>
    </message>
    <message>
        <source>Kept as</source>
        <translation>残す理由</translation>
    </message>
    <message>
        <source>Of about the first %1 images of the validation part; the run&apos;s last figure is of all of it</source>
        <translation>検証用の先頭およそ %1 枚の画像での値。実行の最後の値は全体でのものです</translation>
    </message>
    <message>
        <source>Of about the first %1 images of the validation part, as the run&apos;s last figure</source>
        <translation>検証用の先頭およそ %1 枚の画像での値。実行の最後の値も同じです</translation>
    </message>
    <message>
        <source>Of about %1 windows of the validation part</source>
        <translation>検証部のおよそ %1 窓について</translation>
    </message>
    <message>
        <source>Of about %1 rows of the validation part</source>
        <translation>検証部のおよそ %1 行について</translation>
    </message>
</context>
<context>
    <name>gw::ui::CheckupDialog</name>
    <message>
        <source>Can these settings learn?</source>
        <translation>この設定で学習できるか</translation>
    </message>
    <message>
        <source>Short trainings on your data, of which nothing is kept.</source>
        <translation>データで短い学習を行います。結果は何も残しません。</translation>
    </message>
    <message>
        <source>How far this check is</source>
        <translation>この確認の進み具合</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 を使う</translation>
    </message>
    <message>
        <source>Put this learning rate into the form</source>
        <translation>この学習率をフォームに入れます</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>%1 things are wrong: mend them before a long run.</source>
        <translation>異常が %1 件あります。長い学習の前に直してください。</translation>
    </message>
    <message>
        <source>Nothing is wrong; %1 things are worth a look.</source>
        <translation>異常はありません。確認すべき点が %1 件あります。</translation>
    </message>
    <message>
        <source>Nothing speaks against a long run.</source>
        <translation>長い学習を始めて問題ありません。</translation>
    </message>
</context>
<context>
    <name>gw::ui::ColumnCharts</name>
    <message>
        <source>no value</source>
        <translation>値なし</translation>
    </message>
    <message>
        <source>1 category</source>
        <translation>1 種類</translation>
    </message>
    <message>
        <source>%1 categories</source>
        <translation>%1 種類</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 ～ %2</translation>
    </message>
    <message>
        <source>mean %1, deviation %2, %3 to %4</source>
        <translation>平均 %1、標準偏差 %2、%3 ～ %4</translation>
    </message>
    <message>
        <source>1 value</source>
        <translation>1 個の値</translation>
    </message>
    <message>
        <source>%1 values</source>
        <translation>%1 個の値</translation>
    </message>
    <message>
        <source>%1, %2 % missing</source>
        <translation>%1、欠損 %2 %</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>ほか %1 個</translation>
    </message>
    <message>
        <source>Columns, by all %1 rows</source>
        <translation>列（全 %1 行による）</translation>
    </message>
    <message>
        <source>Columns, by the first %1 rows</source>
        <translation>列（最初の %1 行による）</translation>
    </message>
    <message>
        <source>%1; the first %2 of %3 columns</source>
        <translation>%1。%3 列のうち最初の %2 列</translation>
    </message>
    <message>
        <source>%1 (to be learnt)</source>
        <translation>%1（学習の対象）</translation>
    </message>
    <message>
        <source>Correlations of the columns of numbers</source>
        <translation>数値の列どうしの相関</translation>
    </message>
    <message>
        <source>Correlations of the first %1 columns of numbers</source>
        <translation>最初の %1 個の数値の列どうしの相関</translation>
    </message>
    <message>
        <source>%1 and %2: %3</source>
        <translation>%1 と %2：%3</translation>
    </message>
    <message>
        <source>1 gap in the times:</source>
        <translation>時刻の抜けが 1 か所：</translation>
    </message>
    <message>
        <source>%1 gaps in the times:</source>
        <translation>時刻の抜けが %1 か所：</translation>
    </message>
    <message>
        <source>%1 to %2, %3 rows, before %4</source>
        <translation>%1 から %2、%3 行、%4 の前</translation>
    </message>
    <message>
        <source>row %1 of %2</source>
        <translation>%2 の %1 行目</translation>
    </message>
</context>
<context>
    <name>gw::ui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>コマンド</translation>
    </message>
    <message>
        <source>What should be done? Type some letters</source>
        <translation>何をしますか? 文字をいくつか入力してください</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>コマンド</translation>
    </message>
</context>
<context>
    <name>gw::ui::ComparePage</name>
    <message>
        <source>Compare</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Saved comparisons</source>
        <translation>保存した比較</translation>
    </message>
    <message>
        <source>Saved comparisons…</source>
        <translation>保存した比較…</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Keep this comparison with its notes under a name (Ctrl+S)</source>
        <translation>この比較をメモとともに名前を付けて残します (Ctrl+S)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>Write the plots or the tables to a file (Ctrl+E)</source>
        <translation>グラフまたは表をファイルに書きます (Ctrl+E)</translation>
    </message>
    <message>
        <source>Plots as SVG</source>
        <translation>グラフを SVG で</translation>
    </message>
    <message>
        <source>Plots as PDF</source>
        <translation>グラフを PDF で</translation>
    </message>
    <message>
        <source>Plots as PNG</source>
        <translation>グラフを PNG で</translation>
    </message>
    <message>
        <source>Curves as CSV</source>
        <translation>曲線を CSV で</translation>
    </message>
    <message>
        <source>Tables as Markdown</source>
        <translation>表を Markdown で</translation>
    </message>
    <message>
        <source>Report as HTML</source>
        <translation>レポートを HTML で</translation>
    </message>
    <message>
        <source>Choose runs…</source>
        <translation>実行を選ぶ…</translation>
    </message>
    <message>
        <source>Choose the runs to compare (Ctrl+Enter)</source>
        <translation>比べる実行を選びます (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Pick two runs or more, here or in the table of runs (C).</source>
        <translation>2 つ以上の実行を、ここか実行一覧 (C) で選んでください。</translation>
    </message>
    <message>
        <source>Compare the last two runs</source>
        <translation>最後の 2 つの実行を比べる</translation>
    </message>
    <message>
        <source>Compared runs</source>
        <translation>比べている実行</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Take as baseline (B)</source>
        <translation>基準にする (B)</translation>
    </message>
    <message>
        <source>Show only this one</source>
        <translation>これだけ表示</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>すべて表示</translation>
    </message>
    <message>
        <source>Leave out (Del)</source>
        <translation>外す (Del)</translation>
    </message>
    <message>
        <source>Axis</source>
        <translation>軸</translation>
    </message>
    <message>
        <source>What the common axis counts (X)</source>
        <translation>共通の軸が数えるもの (X)</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>Losses as they are, as perplexity or as bits per byte: the last compares different tokenizers (Y)</source>
        <translation>損失をそのまま、パープレキシティ、またはバイトあたりビット数で表示。最後のものは異なるトークナイザを比べられます (Y)</translation>
    </message>
    <message>
        <source>No smoothing</source>
        <translation>平滑化なし</translation>
    </message>
    <message>
        <source>Mean of %1 steps</source>
        <translation>%1 ステップの平均</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑化</translation>
    </message>
    <message>
        <source>Moving mean over about so many steps of the whole series; the recorded values stay behind it ([ and ])</source>
        <translation>系列全体についての約この数のステップの移動平均。記録された値は後ろに残ります ([ と ])</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>グラフ</translation>
    </message>
    <message>
        <source>Which metrics are drawn, six at most (P)</source>
        <translation>描く指標 (最大 6 つ) (P)</translation>
    </message>
    <message>
        <source>Seeds as band</source>
        <translation>シードを帯で</translation>
    </message>
    <message>
        <source>Runs that differ only in their seed as mean and standard deviation (G)</source>
        <translation>シードだけが違う実行を平均と標準偏差で表示 (G)</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差</translation>
    </message>
    <message>
        <source>Difference to the baseline at equal x (D)</source>
        <translation>同じ x での基準との差 (D)</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>生の値</translation>
    </message>
    <message>
        <source>Recorded values behind the smoothed line (H)</source>
        <translation>平滑化した線の後ろに記録された値 (H)</translation>
    </message>
    <message>
        <source>Log y</source>
        <translation>対数 y</translation>
    </message>
    <message>
        <source>Logarithmic values (L)</source>
        <translation>値を対数で (L)</translation>
    </message>
    <message>
        <source>Log x</source>
        <translation>対数 x</translation>
    </message>
    <message>
        <source>Logarithmic x axis (Shift+L)</source>
        <translation>x 軸を対数で (Shift+L)</translation>
    </message>
    <message>
        <source>All of the curves (R or double click). Wheel: zoom along x; Shift and wheel: zoom one plot along y; drag: move</source>
        <translation>曲線のすべて (R またはダブルクリック)。ホイール: x に沿って拡大、Shift+ホイール: 1 つのグラフを y に沿って拡大、ドラッグ: 移動</translation>
    </message>
    <message>
        <source>B	Take the chosen run as baseline</source>
        <translation>B	選んだ実行を基準にする</translation>
    </message>
    <message>
        <source>Space	Show or hide the chosen run</source>
        <translation>Space	選んだ実行の表示を切り替える</translation>
    </message>
    <message>
        <source>Del	Leave the chosen run out</source>
        <translation>Del	選んだ実行を外す</translation>
    </message>
    <message>
        <source>X	Next axis</source>
        <translation>X	次の軸</translation>
    </message>
    <message>
        <source>Y	Losses, perplexity, bits per byte</source>
        <translation>Y	損失、パープレキシティ、バイトあたりビット数</translation>
    </message>
    <message>
        <source>[ and ]	Less or more smoothing</source>
        <translation>[ と ]	平滑化を弱く・強く</translation>
    </message>
    <message>
        <source>G	Seeds as band</source>
        <translation>G	シードを帯で</translation>
    </message>
    <message>
        <source>D	Difference to the baseline</source>
        <translation>D	基準との差</translation>
    </message>
    <message>
        <source>H	Recorded values</source>
        <translation>H	記録された値</translation>
    </message>
    <message>
        <source>L, Shift+L	Logarithmic y, x</source>
        <translation>L, Shift+L	対数 y、対数 x</translation>
    </message>
    <message>
        <source>R	Show all</source>
        <translation>R	すべて表示</translation>
    </message>
    <message>
        <source>P	Choose the plots</source>
        <translation>P	グラフを選ぶ</translation>
    </message>
    <message>
        <source>Ctrl+S	Save the comparison</source>
        <translation>Ctrl+S	比較を保存</translation>
    </message>
    <message>
        <source>Ctrl+E	Export</source>
        <translation>Ctrl+E	書き出し</translation>
    </message>
    <message>
        <source>Open a saved comparison</source>
        <translation>保存した比較を開く</translation>
    </message>
    <message>
        <source>There is no saved comparison yet</source>
        <translation>保存した比較はまだありません</translation>
    </message>
    <message>
        <source>There is no run with a step yet. Train two, then compare them here.</source>
        <translation>ステップのある実行がまだありません。2 つ学習してからここで比べてください。</translation>
    </message>
    <message>
        <source>None of these runs differ only in their seed</source>
        <translation>シードだけが違う実行はありません</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>ほか %1 件</translation>
    </message>
    <message>
        <source>%1 (%2 seeds)</source>
        <translation>%1 (シード %2 個)</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>層</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>書き出しました: %1</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Save this comparison</source>
        <translation>この比較を保存</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Saved as “%1”</source>
        <translation>「%1」として保存しました</translation>
    </message>
    <message>
        <source>Set up a run</source>
        <translation>実行を設定する</translation>
    </message>
    <message>
        <source>There is only one run with a step yet. Train another, then compare them here.</source>
        <translation>1 ステップ以上進んだ実行はまだ 1 つだけです。もう 1 つ学習してから、ここで比べてください。</translation>
    </message>
</context>
<context>
    <name>gw::ui::ComparePlots</name>
    <message>
        <source>Curves of the compared runs</source>
        <translation>比べている実行の曲線</translation>
    </message>
    <message>
        <source>%1: what training minimises, with smoothing, weights or a teacher; validation losses are plain</source>
        <translation>%1：学習が最小化する値（平滑化・重み・教師を含む）。検証損失はそのままの損失です</translation>
    </message>
    <message>
        <source>▼ values of 0 or less, which a logarithmic axis cannot show</source>
        <translation>▼ 0 以下の値は対数軸に表示できません</translation>
    </message>
    <message>
        <source>◀ points at 0, which a logarithmic axis cannot show</source>
        <translation>◀ 0 の位置の点は対数軸に表示できません</translation>
    </message>
    <message>
        <source>Drag: share the height between the plots. Double click: as it was at first</source>
        <translation>ドラッグ：グラフの高さの配分を変える。ダブルクリック：最初の配分に戻す</translation>
    </message>
</context>
<context>
    <name>gw::ui::CompareRunModel</name>
    <message>
        <source>%1, the baseline</source>
        <translation>%1 (基準)</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>値</translation>
    </message>
</context>
<context>
    <name>gw::ui::CompareTabs</name>
    <message>
        <source>Summary</source>
        <translation>要約</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>シード</translation>
    </message>
    <message>
        <source>Notes on this comparison (Markdown). They are kept when the comparison is saved.</source>
        <translation>この比較のメモ (Markdown)。比較を保存すると残ります。</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Fields and results</source>
        <translation>項目と結果</translation>
    </message>
    <message>
        <source>Search settings and values</source>
        <translation>設定と値を検索</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>設定を検索</translation>
    </message>
    <message>
        <source>Show equal settings too</source>
        <translation>同じ設定も表示</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Copy the chosen rows, or all, as text with tabs</source>
        <translation>選んだ行またはすべてを、タブ区切りの文章でコピー</translation>
    </message>
    <message>
        <source>These runs have no value of this metric at a common x, so there is nothing to take a mean of.</source>
        <translation>これらの実行には、この指標の値がそろう共通の x がないため、平均を取れません。</translation>
    </message>
    <message>
        <source>None of these runs differ only in their seed. Train one of them again with another seed, and this says whether a difference is more than chance.</source>
        <translation>シードだけが異なる実行がありません。どれかを別のシードで学習すると、差が偶然を超えるものかどうかがここに示されます。</translation>
    </message>
    <message>
        <source>No setting or value has these letters.</source>
        <translation>この文字を含む設定や値はありません。</translation>
    </message>
    <message>
        <source>These runs do not differ in any setting.</source>
        <translation>これらの実行の設定に違いはありません。</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>検索を消す</translation>
    </message>
</context>
<context>
    <name>gw::ui::ContinueDialog</name>
    <message>
        <source>Fork a run</source>
        <translation>実行を分岐</translation>
    </message>
    <message>
        <source>Train longer</source>
        <translation>さらに学習</translation>
    </message>
    <message>
        <source>Fork “%1”</source>
        <translation>「%1」を分岐</translation>
    </message>
    <message>
        <source>Train “%1” longer</source>
        <translation>「%1」をさらに学習</translation>
    </message>
    <message>
        <source>A run of its own begins with the weights and the optimizer of a checkpoint. The run that it is forked from stays as it is.</source>
        <translation>チェックポイントの重みとオプティマイザから、別の実行を始めます。元の実行は変わりません。</translation>
    </message>
    <message>
        <source>The same run goes on from its last weights with a larger budget. Its curves go on, its checkpoints stay.</source>
        <translation>同じ実行を最後の重みから、予算を増やして続けます。曲線は続き、チェックポイントは残ります。</translation>
    </message>
    <message>
        <source>Launch the fork</source>
        <translation>分岐を開始</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>This run has no checkpoint to begin from</source>
        <translation>この実行には始められるチェックポイントがありません</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>ステップ %1</translation>
    </message>
    <message>
        <source>, validation %1</source>
        <translation>、検証 %1</translation>
    </message>
    <message>
        <source>, the best</source>
        <translation>、最良</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>チェックポイント</translation>
    </message>
    <message>
        <source>The learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>Nothing is left to train: the budget ends at step %1 and the checkpoint is of step %2. Enter a larger budget.</source>
        <translation>学習する分が残っていません。予算はステップ %1 までで、チェックポイントはステップ %2 です。予算を増やしてください。</translation>
    </message>
    <message>
        <source>Nothing is left to train: the run has been trained for so long already. Enter a larger budget.</source>
        <translation>学習する分が残っていません。すでにその時間だけ学習しています。予算を増やしてください。</translation>
    </message>
    <message>
        <source>From step %1 to %2: %3 more steps.</source>
        <translation>ステップ %1 から %2 まで、あと %3 ステップ。</translation>
    </message>
    <message>
        <source>From step %1 on.</source>
        <translation>ステップ %1 から。</translation>
    </message>
    <message>
        <source>The rate is %1 there, %2 after the first step and %3 at the end.</source>
        <translation>学習率はそこで %1、最初のステップの後は %2、最後は %3 です。</translation>
    </message>
    <message>
        <source>Follows its schedule over the longer run: %1 at first</source>
        <translation>延ばした全体でスケジュールに従う（最初は %1）</translation>
    </message>
    <message>
        <source>Follows its schedule over the longer run</source>
        <translation>延ばした全体でスケジュールに従う</translation>
    </message>
    <message>
        <source>Stays as it is now: %1</source>
        <translation>今のまま保つ（%1）</translation>
    </message>
    <message>
        <source>A run is being trained already: %1</source>
        <translation>別の実行を学習中です：%1</translation>
    </message>
</context>
<context>
    <name>gw::ui::CostDialog</name>
    <message>
        <source>Cost of runs</source>
        <translation>実行のコスト</translation>
    </message>
    <message>
        <source>Energy is measured where the machine tells it. These rates hold for all runs of this workspace, past ones too.</source>
        <translation>電力量はマシンが知らせる場合に測定されます。ここの単価は、過去のものも含めこのワークスペースのすべての実行に適用されます。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>All %1 runs: %2 of training</source>
        <translation>全 %1 件の実行: 学習時間 %2</translation>
    </message>
</context>
<context>
    <name>gw::ui::CurationView</name>
    <message>
        <source>%1 from %2 to %3 characters, each block twice as long as the one before</source>
        <translation>%1 %2〜%3 文字（各ブロックは前の 2 倍の長さ）</translation>
    </message>
    <message>
        <source>What each step does</source>
        <translation>それぞれの手順の結果</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>手順</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>入力</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>変更</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>除外</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>残り</translation>
    </message>
    <message>
        <source>Text left</source>
        <translation>残りの量</translation>
    </message>
    <message>
        <source>Documents before and after</source>
        <translation>前後の文書</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>場所</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文書</translation>
    </message>
    <message>
        <source>%1 in %2, %3 of text</source>
        <translation>%1（%2、テキスト %3）</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 ファイル</translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation>%1 ファイル</translation>
    </message>
    <message>
        <source>Passed over</source>
        <translation>読み飛ばし</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>長さ</translation>
    </message>
    <message>
        <source>Not UTF-8</source>
        <translation>UTF-8 でない文書</translation>
    </message>
    <message>
        <source>1 document</source>
        <translation>1 文書</translation>
    </message>
    <message>
        <source>%1 documents</source>
        <translation>%1 文書</translation>
    </message>
    <message>
        <source>none: all of it is UTF-8</source>
        <translation>なし: すべて UTF-8 です</translation>
    </message>
    <message>
        <source>%1 of %2 would be dropped</source>
        <translation>%2 件中 %1 件が除かれます</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>見つかりません</translation>
    </message>
    <message>
        <source>dropped %1: %2</source>
        <translation>除外 %1: %2</translation>
    </message>
    <message>
        <source>dropped: %1</source>
        <translation>除外: %1</translation>
    </message>
    <message>
        <source>stays as it is</source>
        <translation>そのまま残ります</translation>
    </message>
</context>
<context>
    <name>gw::ui::DataPreview</name>
    <message>
        <source>column %1</source>
        <translation>列 %1</translation>
    </message>
    <message>
        <source>“%1” (column %2)</source>
        <translation>「%1」（列 %2）</translation>
    </message>
    <message>
        <source>What is read</source>
        <translation>読み取り</translation>
    </message>
    <message>
        <source>First rows of the data</source>
        <translation>データの最初の行</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>ラベル</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>What is read: looking…</source>
        <translation>読み取り: 確認中…</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>区切り</translation>
    </message>
    <message>
        <source>First row</source>
        <translation>先頭行</translation>
    </message>
    <message>
        <source>names of the columns</source>
        <translation>列の名前</translation>
    </message>
    <message>
        <source>data</source>
        <translation>データ</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>テキスト数</translation>
    </message>
    <message>
        <source>more than %1</source>
        <translation>%1 以上</translation>
    </message>
    <message>
        <source> in %1</source>
        <translation>（%1）</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 ファイル</translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation>%1 ファイル</translation>
    </message>
    <message>
        <source>Passed over</source>
        <translation>読まなかったもの</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>ほか %1 件</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>クラス</translation>
    </message>
    <message>
        <source>as set</source>
        <translation>設定どおり</translation>
    </message>
    <message>
        <source>by its name</source>
        <translation>名前による</translation>
    </message>
    <message>
        <source>guessed from the content</source>
        <translation>内容から推定</translation>
    </message>
    <message>
        <source>%1, grey</source>
        <translation>%1、グレースケール</translation>
    </message>
    <message>
        <source>%1, %2 channels</source>
        <translation>%1、%2 チャンネル</translation>
    </message>
    <message>
        <source>First pictures of the data</source>
        <translation>データの最初の画像</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大きさ</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>%1 行目</translation>
    </message>
    <message>
        <source>%1 to %2, most %3; then %4</source>
        <translation>%1 ～ %2、最多 %3、次いで %4</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>ファイルでのサイズ</translation>
    </message>
    <message>
        <source>%1, in colour</source>
        <translation>%1、カラー</translation>
    </message>
    <message>
        <source>%1, in colour with transparency</source>
        <translation>%1、カラー（透過あり）</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Stop looking at the data; nothing but this view depends on it</source>
        <translation>データの確認をやめます。影響するのはこの表示だけです</translation>
    </message>
    <message>
        <source>What is read: looking, %1 %</source>
        <translation>読み取り内容: 確認中、%1 %</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>キャンセルしました</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>確認する</translation>
    </message>
    <message>
        <source>Look at the data after all</source>
        <translation>やはりデータを確認します</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
</context>
<context>
    <name>gw::ui::DatasetsPage</name>
    <message>
        <source>Datasets</source>
        <translation>データセット</translation>
    </message>
    <message>
        <source>Folder of the curated dataset</source>
        <translation>整備したデータセットのフォルダー</translation>
    </message>
    <message>
        <source>%1 holds an earlier result. Write it anew?</source>
        <translation>%1 には以前の結果があります。書き直しますか？</translation>
    </message>
    <message>
        <source>Start a run with it</source>
        <translation>これで学習を始める</translation>
    </message>
    <message>
        <source>Set up a run that learns from the dataset that was written</source>
        <translation>書き出したデータセットから学ぶ実行を設定します</translation>
    </message>
    <message>
        <source>Preview counts</source>
        <translation>件数を確かめる</translation>
    </message>
    <message>
        <source>Take the text through all steps and write nothing</source>
        <translation>すべての手順を通し、何も書きません</translation>
    </message>
    <message>
        <source>Write dataset…</source>
        <translation>データセットを書く…</translation>
    </message>
    <message>
        <source>Take the text through all steps and write what is left into a new folder</source>
        <translation>すべての手順を通し、残ったものを新しいフォルダーに書きます</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>調べる</translation>
    </message>
    <message>
        <source>Read through the text: how much there is, in which scripts, and how much of it twice</source>
        <translation>テキストを読み通します: 量、文字の種類、重複の量</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>How far the reading is</source>
        <translation>読み込みの進み具合</translation>
    </message>
    <message>
        <source>Curation</source>
        <translation>データの整備</translation>
    </message>
    <message>
        <source>Ctrl+Enter	Write the curated dataset; files and folders can be dropped onto the page</source>
        <translation>Ctrl+Enter	整備したデータセットを書き出す。ファイルやフォルダはページにドロップできる</translation>
    </message>
    <message>
        <source>Looking at the text</source>
        <translation>テキストを調べています</translation>
    </message>
    <message>
        <source>Counting</source>
        <translation>数えています</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>書いています</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>キャンセルしました</translation>
    </message>
    <message>
        <source>Written: %1, %2</source>
        <translation>書きました: %1、%2</translation>
    </message>
    <message>
        <source>1 document</source>
        <translation>1 文書</translation>
    </message>
    <message>
        <source>%1 documents</source>
        <translation>%1 文書</translation>
    </message>
    <message>
        <source>%1 of %2 documents would be left</source>
        <translation>%2 件中 %1 件の文書が残ります</translation>
    </message>
    <message>
        <source>Choose text above, or drop files and folders here.</source>
        <translation>上でテキストを選ぶか、ここにファイルやフォルダーをドロップしてください。</translation>
    </message>
</context>
<context>
    <name>gw::ui::EmbeddingPanel</name>
    <message>
        <source>Part of the data</source>
        <translation>データの部分</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>検証</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>テスト</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>PCA</source>
        <translation>PCA</translation>
    </message>
    <message>
        <source>Place the rows by the two directions in which their features differ most</source>
        <translation>特徴量が最も異なる 2 つの方向に従って行を配置します</translation>
    </message>
    <message>
        <source>t-SNE</source>
        <translation>t-SNE</translation>
    </message>
    <message>
        <source>Place the rows so that those with like features lie near one another; takes seconds, with many rows a minute</source>
        <translation>特徴量の似た行が近くに並ぶように配置します。数秒、行が多いと 1 分ほどかかります</translation>
    </message>
    <message>
        <source>Stop reading or placing the rows</source>
        <translation>行の読み込みや配置を止めます</translation>
    </message>
    <message>
        <source>Features of the rows as dots: the arrow keys go from dot to dot, Page Up and Page Down from row to row</source>
        <translation>行の特徴量を点で表します。矢印キーで点から点へ、Page Up と Page Down で行から行へ移ります</translation>
    </message>
    <message>
        <source>Picture of the dot</source>
        <translation>点の画像</translation>
    </message>
    <message>
        <source>Row of the dot</source>
        <translation>点の行</translation>
    </message>
    <message>
        <source>Press PCA to place the rows of a part by what the model has learnt of them.</source>
        <translation>PCA を押すと、モデルが学んだことに従ってこの部分の行を配置します。</translation>
    </message>
    <message>
        <source>Placing the rows</source>
        <translation>行を配置しています</translation>
    </message>
    <message>
        <source>Reading the data…</source>
        <translation>データを読んでいます…</translation>
    </message>
    <message>
        <source>The plane keeps %1 % of what differs.</source>
        <translation>この平面は違いの %1 % を保っています。</translation>
    </message>
    <message>
        <source>Near rows have like features; how far groups lie apart means little.</source>
        <translation>近い行は特徴量が似ています。グループ同士の距離にはあまり意味がありません。</translation>
    </message>
    <message>
        <source>%1 of %2 rows, by the weights of step %3.</source>
        <translation>%2 行のうち %1 行、ステップ %3 の重みによる配置です。</translation>
    </message>
    <message>
        <source>Point at a dot, or go from dot to dot with the arrow keys, to see its row.</source>
        <translation>点にポインターを合わせるか、矢印キーで点から点へ移ると、その行が表示されます。</translation>
    </message>
    <message>
        <source>said: %1</source>
        <translation>予測: %1</translation>
    </message>
    <message>
        <source>row %1 of %2</source>
        <translation>%2 の %1 行目</translation>
    </message>
    <message>
        <source>number %1 of the data</source>
        <translation>データの %1 番</translation>
    </message>
    <message>
        <source>Colour of the dots</source>
        <translation>点の色</translation>
    </message>
    <message>
        <source>Clusters are found by the features alone, without the labels: where both agree, the model has learnt by itself what tells the classes apart</source>
        <translation>クラスターはラベルを使わず特徴量だけから求めます。ラベルと一致していれば、クラスの違いをモデルが自ら学んだことになります。</translation>
    </message>
    <message>
        <source>By label</source>
        <translation>ラベル別</translation>
    </message>
    <message>
        <source>By cluster (k-means)</source>
        <translation>クラスター別（k-means）</translation>
    </message>
    <message>
        <source>By cluster (mixture)</source>
        <translation>クラスター別（混合ガウス）</translation>
    </message>
    <message>
        <source>Sorting the rows into clusters</source>
        <translation>行をクラスターに分けています</translation>
    </message>
    <message>
        <source>Cluster %1 (%2)</source>
        <translation>群%1 (%2)</translation>
    </message>
    <message>
        <source>Silhouette %1; against the labels adjusted Rand %2.</source>
        <translation>シルエット係数は%1、ラベルに対する調整ランド指数は%2です。</translation>
    </message>
    <message>
        <source>Silhouette %1.</source>
        <translation>シルエット係数は%1です。</translation>
    </message>
    <message>
        <source>Cluster %1</source>
        <translation>クラスター%1</translation>
    </message>
    <message>
        <source>%1 directions keep 90 %.</source>
        <translation>90 % を保つには%1方向が要ります。</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>特徴</translation>
    </message>
    <message>
        <source>What tells the rows apart: what the model has learnt of them, or their own values, such as pixels. What the second shows already, the model need not have learnt</source>
        <translation>行を区別するもの: モデルが学習した特徴、または画素などデータ自身の値。後者で見えるものは、モデルが学習した成果とは限りません</translation>
    </message>
    <message>
        <source>What the model sees</source>
        <translation>モデルの特徴</translation>
    </message>
    <message>
        <source>The data itself</source>
        <translation>データそのもの</translation>
    </message>
    <message>
        <source>ICA</source>
        <translation>ICA</translation>
    </message>
    <message>
        <source>Place the rows by the two of their independent components that are the least like a bell curve</source>
        <translation>正規分布から最も遠い 2 つの独立成分で行を配置します</translation>
    </message>
    <message>
        <source>By cluster (Ward)</source>
        <translation>クラスター別（Ward 法）</translation>
    </message>
    <message>
        <source>By cluster (average linkage)</source>
        <translation>クラスター別（群平均法）</translation>
    </message>
    <message>
        <source>Rows that stand apart</source>
        <translation>外れた行</translation>
    </message>
    <message>
        <source>A run on pictures, tables, series or labelled texts shows here what it has learnt: its rows as dots, those that it takes for alike near one another. This one learns from running text, which has no rows.</source>
        <translation>画像、表、系列、またはラベル付きの文章で学習した実行は、学んだことをここに示します。行を点で表し、似ていると見なすものが近くに並びます。この実行は連続した文章から学ぶため、行がありません。</translation>
    </message>
    <message>
        <source>Along each axis the rows differ in a way of its own.</source>
        <translation>それぞれの軸に沿って、行は独立した形で異なります。</translation>
    </message>
    <message>
        <source>Measuring how far the rows stand apart</source>
        <translation>行の外れ具合を測っています</translation>
    </message>
    <message>
        <source>Apart (%1)</source>
        <translation>外れ（%1）</translation>
    </message>
    <message>
        <source>%1 of %2 rows, by their own values.</source>
        <translation>%2 行中 %1 行、データ自身の値による配置。</translation>
    </message>
    <message>
        <source>%1 times as thinly surrounded as its neighbours</source>
        <translation>周囲のまばらさは近傍の%1倍</translation>
    </message>
    <message>
        <source>The search has not come to rest: others may be as good.</source>
        <translation>探索が収束していません。ほかの成分も同程度かもしれません。</translation>
    </message>
    <message>
        <source>Usual (%1)</source>
        <translation>通常（%1）</translation>
    </message>
</context>
<context>
    <name>gw::ui::ExportMenu</name>
    <message>
        <source>The whole checkpoint, as a folder…</source>
        <translation>チェックポイント全体をフォルダーとして…</translation>
    </message>
    <message>
        <source>Weights in safetensors files, tokenizer, settings and optimizer, to go on from on another machine</source>
        <translation>safetensors 形式の重み、トークナイザー、設定、最適化器。別のマシンで続けられます</translation>
    </message>
    <message>
        <source>Adapters merged into the weights, as a folder…</source>
        <translation>アダプターを重みに統合してフォルダーとして…</translation>
    </message>
    <message>
        <source>A checkpoint that needs no adapters any more</source>
        <translation>アダプターがもう要らないチェックポイント</translation>
    </message>
    <message>
        <source>The adapters alone, as a safetensors file…</source>
        <translation>アダプターだけを safetensors ファイルとして…</translation>
    </message>
    <message>
        <source>Small; they need the model that they were trained on</source>
        <translation>小さなファイル。学習元のモデルが別に必要です</translation>
    </message>
    <message>
        <source>File to write</source>
        <translation>書き出すファイル</translation>
    </message>
    <message>
        <source>Folder to make</source>
        <translation>作成するフォルダー</translation>
    </message>
    <message>
        <source>Writing %1…</source>
        <translation>%1 に書き出しています…</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>書き出しました: %1</translation>
    </message>
    <message>
        <source>Another export is still being written</source>
        <translation>別の書き出しがまだ終わっていません</translation>
    </message>
</context>
<context>
    <name>gw::ui::FieldEditor</name>
    <message>
        <source>Default</source>
        <translation>既定値</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>範囲</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 ～ %2</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>単位</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>選択肢</translation>
    </message>
    <message>
        <source>Accepts %1.</source>
        <translation>入力できる値: %1</translation>
    </message>
    <message>
        <source>Back to the default: %1</source>
        <translation>既定値に戻す: %1</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>既定値に戻す</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>参照…</translation>
    </message>
    <message>
        <source>Drop files or folders here</source>
        <translation>ファイルやフォルダをここへドロップ</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>ファイルを追加…</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>フォルダを追加…</translation>
    </message>
    <message>
        <source>Name in files and commands</source>
        <translation>ファイルとコマンドでの名前</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>はい</translation>
    </message>
    <message>
        <source>no</source>
        <translation>いいえ</translation>
    </message>
</context>
<context>
    <name>gw::ui::FieldScatter</name>
    <message>
        <source>Result</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>against</source>
        <translation>に対して</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>パラメータ数</translation>
    </message>
    <message>
        <source>Best: %1</source>
        <translation>最良: %1</translation>
    </message>
    <message>
        <source>Last: %1</source>
        <translation>最後: %1</translation>
    </message>
    <message>
        <source>At equal x: %1</source>
        <translation>同じ x で: %1</translation>
    </message>
    <message>
        <source>Training time in seconds</source>
        <translation>学習時間 (秒)</translation>
    </message>
</context>
<context>
    <name>gw::ui::FindingsPanel</name>
    <message>
        <source>Findings</source>
        <translation>所見</translation>
    </message>
    <message>
        <source>What the curves say</source>
        <translation>曲線から分かること</translation>
    </message>
    <message>
        <source>There are no curves yet.</source>
        <translation>曲線はまだありません。</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>なし。</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>エネルギー</translation>
    </message>
    <message>
        <source>%1 kWh, about %2 g of CO₂</source>
        <translation>%1 kWh、CO₂ は約 %2 g</translation>
    </message>
    <message>
        <source>Of the whole processor and GPU while the run was trained, at %1 g for a kWh.</source>
        <translation>学習中の CPU と GPU 全体の値。1 kWh を %1 g として計算。</translation>
    </message>
    <message>
        <source>%1 W now</source>
        <translation>現在 %1 W</translation>
    </message>
    <message>
        <source>Not measured: this machine does not tell what it draws (RAPL and NVML cannot be read).</source>
        <translation>測れません: この機械は消費電力を教えません (RAPL と NVML を読めません)。</translation>
    </message>
    <message>
        <source>Mark as seen</source>
        <translation>確認済みにする</translation>
    </message>
    <message>
        <source>steps %1 to %2</source>
        <translation>ステップ %1 ～ %2</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>ステップ %1</translation>
    </message>
    <message>
        <source>at the start</source>
        <translation>開始時</translation>
    </message>
    <message>
        <source>Warnings and alerts</source>
        <translation>警告とアラート</translation>
    </message>
    <message>
        <source>Replay this step</source>
        <translation>このステップを再実行</translation>
    </message>
</context>
<context>
    <name>gw::ui::FinetunePanel</name>
    <message>
        <source>Layer (what is ticked is trained)</source>
        <translation>層（印の付いたものを学習）</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>パラメーター</translation>
    </message>
    <message>
        <source>Layers to train</source>
        <translation>学習する層</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>親</translation>
    </message>
    <message>
        <source>This run</source>
        <translation>この実行</translation>
    </message>
    <message>
        <source>Differences to the parent</source>
        <translation>親との違い</translation>
    </message>
    <message>
        <source>Does it help?</source>
        <translation>役に立つか？</translation>
    </message>
    <message>
        <source>Check in seconds what the frozen features say of these labels, before anything is trained</source>
        <translation>学習の前に、固定した特徴がこのラベルをどれだけ説明するかを数秒で調べます</translation>
    </message>
    <message>
        <source>All settings…</source>
        <translation>すべての設定…</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>キューに追加</translation>
    </message>
    <message>
        <source>Train it when its turn comes</source>
        <translation>順番が来たら学習します</translation>
    </message>
    <message>
        <source>Launch</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Start training (Ctrl+Enter)</source>
        <translation>学習を開始（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>tokenizer %1</source>
        <translation>トークナイザー %1</translation>
    </message>
    <message>
        <source> · %1 parameters</source>
        <translation> · %1 パラメーター</translation>
    </message>
    <message>
        <source>began from “%1”</source>
        <translation>「%1」から開始</translation>
    </message>
    <message>
        <source>A run is being trained already: %1</source>
        <translation>別の実行を学習中です：%1</translation>
    </message>
    <message>
        <source>Mend what is marked first</source>
        <translation>先に印の付いた箇所を直してください</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Reading features…</source>
        <translation>特徴を計算しています…</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>キャンセルしました</translation>
    </message>
    <message>
        <source>Worth beginning from</source>
        <translation>ここから始める価値があります</translation>
    </message>
    <message>
        <source>Negative transfer is likely: begin from scratch or from another checkpoint</source>
        <translation>負の転移のおそれがあります：最初から、または別のチェックポイントから始めてください</translation>
    </message>
    <message>
        <source>No clear gain; training all weights may still help</source>
        <translation>はっきりした利得はありません。全重みの学習なら効く可能性はあります</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>線形</translation>
    </message>
    <message>
        <source>Features of the checkpoint</source>
        <translation>チェックポイントの特徴</translation>
    </message>
    <message>
        <source>The same with random weights</source>
        <translation>乱数の重みの場合</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Open all settings on the page New run</source>
        <translation>「新しい実行」のページですべての設定を開く</translation>
    </message>
    <message>
        <source>No checkpoint is chosen.</source>
        <translation>チェックポイントが選ばれていません。</translation>
    </message>
    <message>
        <source> · validation %1</source>
        <translation> · 検証 %1</translation>
    </message>
    <message>
        <source>Name the new data below: labelled texts to fine-tune on, or text to train on further.</source>
        <translation>新しいデータを指定してください。ラベル付きテキストなら微調整、テキストなら追加の事前学習になります。</translation>
    </message>
    <message>
        <source>k-NN</source>
        <translation>k-NN</translation>
    </message>
    <message>
        <source> · step %1 · trained on %2</source>
        <translation> · ステップ %1 · %2で学習済み</translation>
    </message>
    <message>
        <source>Name the new data below: labelled pictures to fine-tune on.</source>
        <translation>新しいデータを下で指定してください: 微調整に使うラベル付きの画像です。</translation>
    </message>
    <message>
        <source>Choose a checkpoint in the list: a run begins from it.</source>
        <translation>一覧でチェックポイントを選んでください。そこから実行を始めます。</translation>
    </message>
    <message>
        <source>The data cannot be read: %1</source>
        <translation>データを読めません: %1</translation>
    </message>
    <message>
        <source>Guessing alone reaches %1. Learnt from %2 examples, evaluated on %3, noise ± %4, in %5.</source>
        <translation>当て推量だけで %1 になります。%2 例で学習し、%3 例で評価、ゆらぎ ± %4、所要 %5。</translation>
    </message>
</context>
<context>
    <name>gw::ui::FlightDialog</name>
    <message>
        <source>Flight check</source>
        <translation>発進前チェック</translation>
    </message>
    <message>
        <source>A few real steps, an evaluation, a save and a sample of this run, of which nothing is kept: how long it takes, and whether memory and disk are enough.</source>
        <translation>この実行の実際の数ステップ、評価、保存、サンプルを試し、何も残しません：どれだけかかるか、メモリーとディスクが足りるかを調べます。</translation>
    </message>
    <message>
        <source>How far this check is</source>
        <translation>このチェックの進み具合</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Take the advice</source>
        <translation>提案を使う</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Nothing speaks against launching it.</source>
        <translation>始めるのを妨げるものはありません。</translation>
    </message>
    <message>
        <source>It cannot go as it is.</source>
        <translation>このままでは実行できません。</translation>
    </message>
    <message>
        <source>Advised: %1</source>
        <translation>提案：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Begun now it would take about %1, until %2.</source>
        <translation>今始めると約 %1 かかり、%2 に終わります。</translation>
    </message>
</context>
<context>
    <name>gw::ui::ForecastPanel</name>
    <message>
        <source>Behind the end of the data</source>
        <translation>データの終わりの後</translation>
    </message>
    <message>
        <source>off by %1 on average; the last value again by %2</source>
        <translation>平均のずれ %1、最後の値の繰り返しでは %2</translation>
    </message>
    <message>
        <source>Stop reading the data</source>
        <translation>データの読み込みをやめる</translation>
    </message>
    <message>
        <source>Part of the data</source>
        <translation>データの部分</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>検証</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>テスト</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>予測</translation>
    </message>
    <message>
        <source>Ask the newest weights of the run again</source>
        <translation>この学習の最新の重みでもう一度予測する</translation>
    </message>
    <message>
        <source>Press Forecast to see what the run says of held-out windows.</source>
        <translation>「予測」を押すと、学習に使わなかった窓についての予測を表示します。</translation>
    </message>
    <message>
        <source>A run that forecasts series shows here what it says beside what came, and what it says of what comes next. This one forecasts none.</source>
        <translation>時系列を予測する学習では、予測と実際の値、そしてデータの先の予測がここに表示されます。この学習は予測を行いません。</translation>
    </message>
    <message>
        <source>Reading the data…</source>
        <translation>データを読み込み中…</translation>
    </message>
    <message>
        <source>%1 of the %2 windows of the part, by the weights of step %3.</source>
        <translation>この部分の %2 個の窓のうち %1 個。ステップ %3 の重みによる予測です。</translation>
    </message>
</context>
<context>
    <name>gw::ui::ForecastPlot</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 ～ %2</translation>
    </message>
    <message>
        <source>%1, behind row %2</source>
        <translation>%1、%2 行目の後</translation>
    </message>
    <message>
        <source>%1, behind %2</source>
        <translation>%1、%2 の後</translation>
    </message>
    <message>
        <source>past and what came</source>
        <translation>過去と実際の値</translation>
    </message>
    <message>
        <source>forecast</source>
        <translation>予測</translation>
    </message>
    <message>
        <source>quantiles %1</source>
        <translation>分位点 %1</translation>
    </message>
    <message>
        <source>the last value again</source>
        <translation>最後の値の繰り返し</translation>
    </message>
    <message>
        <source>row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>row of %1</source>
        <translation>%1 の行</translation>
    </message>
</context>
<context>
    <name>gw::ui::GroupModel</name>
    <message>
        <source>The baseline&apos;s group</source>
        <translation>基準のグループ</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>グループ</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>シード</translation>
    </message>
    <message>
        <source>Mean at equal x</source>
        <translation>同じ x での平均</translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation>標準偏差</translation>
    </message>
    <message>
        <source>Against the baseline</source>
        <translation>基準との比較</translation>
    </message>
</context>
<context>
    <name>gw::ui::HistogramView</name>
    <message>
        <source>Histogram of %1, from %2 to %3</source>
        <translation>%1 のヒストグラム (%2 ～ %3)</translation>
    </message>
    <message>
        <source>No histogram</source>
        <translation>ヒストグラムなし</translation>
    </message>
</context>
<context>
    <name>gw::ui::HistoryRescue</name>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message numerus="yes">
        <source>The history was made again: %n runs.</source>
        <translation>
            <numerusform>履歴を作り直しました：%n 件の学習。</numerusform>
        </translation>
    </message>
    <message>
        <source>The former one is kept: %1</source>
        <translation>以前の履歴は %1 に残してあります</translation>
    </message>
    <message>
        <source>The folders of the runs are whole, and the damaged file is kept in any case.</source>
        <translation>学習ごとのフォルダーは無事です。壊れたファイルはいずれの場合も残ります。</translation>
    </message>
    <message>
        <source>Make it again from the runs</source>
        <translation>学習のフォルダーから作り直す</translation>
    </message>
    <message>
        <source>Take the backup of %1</source>
        <translation>%1 のバックアップを使う</translation>
    </message>
    <message>
        <source>Neither</source>
        <translation>どちらもしない</translation>
    </message>
    <message>
        <source>Making the history again…</source>
        <translation>履歴を作り直しています…</translation>
    </message>
    <message>
        <source>Copying the backup…</source>
        <translation>バックアップをコピーしています…</translation>
    </message>
    <message>
        <source>`groundwork-cli rebuild --replace` brings what their folders hold into the history.</source>
        <translation>`groundwork-cli rebuild --replace` で、フォルダにあるものを履歴に取り込めます。</translation>
    </message>
    <message>
        <source>Runs that went on after that day, which the backup does not know: %1</source>
        <translation>その日より後に進んだ、バックアップにない学習:%1件</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>中止しています…</translation>
    </message>
</context>
<context>
    <name>gw::ui::InterruptedBar</name>
    <message>
        <source>“%1” was interrupted at step %2 of %3.</source>
        <translation>「%1」はステップ %2 / %3 で中断しました。</translation>
    </message>
    <message>
        <source>“%1” was interrupted at step %2.</source>
        <translation>「%1」はステップ %2 で中断しました。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Go on from the newest whole checkpoint</source>
        <translation>最新の完全なチェックポイントから続けます</translation>
    </message>
    <message>
        <source>Begin a new run from its newest whole checkpoint and leave this one as it is</source>
        <translation>最新の完全なチェックポイントから新しい実行を始め、この実行はそのまま残します</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Keep the run as it is and do not ask again</source>
        <translation>実行をそのまま残し、もう尋ねません</translation>
    </message>
    <message>
        <source>Another run is being trained in this window, or it is open for reading only</source>
        <translation>このウィンドウで別の実行を学習中か、読み取り専用で開いています</translation>
    </message>
    <message>
        <source>and %1 more; the filter status:interrupted shows all</source>
        <translation>ほか %1 件。status:interrupted で絞り込むとすべて見られます</translation>
    </message>
    <message>
        <source>Fork…</source>
        <translation>分岐…</translation>
    </message>
</context>
<context>
    <name>gw::ui::JudgementPanel</name>
    <message>
        <source>Part of the data</source>
        <translation>データの部分</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>検証</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>テスト</translation>
    </message>
    <message>
        <source>What is drawn</source>
        <translation>表示内容</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>混同行列</translation>
    </message>
    <message>
        <source>ROC curves</source>
        <translation>ROC 曲線</translation>
    </message>
    <message>
        <source>Precision and recall</source>
        <translation>適合率と再現率</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>較正</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>クラス</translation>
    </message>
    <message>
        <source>Confusion matrix: true classes down, guesses across</source>
        <translation>混同行列：縦が正解、横が予測</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>すべてのクラス</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>適合率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>再現率</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>How sure the model says it is</source>
        <translation>モデルの確信度</translation>
    </message>
    <message>
        <source>How often it is right</source>
        <translation>実際の正解率</translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation>偽陽性率</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>真陽性率</translation>
    </message>
    <message>
        <source>Slices</source>
        <translation>スライス</translation>
    </message>
    <message>
        <source>Words, separated by commas</source>
        <translation>単語（カンマ区切り）</translation>
    </message>
    <message>
        <source>Words, each of which makes a slice of the texts that hold it</source>
        <translation>単語ごとに、それを含む文章を一つのスライスにします</translation>
    </message>
    <message>
        <source>By words</source>
        <translation>単語で分ける</translation>
    </message>
    <message>
        <source>By %1</source>
        <translation>%1 で分ける</translation>
    </message>
    <message>
        <source>Write words to see whether the texts that hold them are judged worse than the others.</source>
        <translation>単語を入力すると、それを含む文章の判定がほかより悪いかどうかを調べます。</translation>
    </message>
    <message>
        <source>Reading the texts…</source>
        <translation>文章を読み込んでいます…</translation>
    </message>
    <message>
        <source>Worse by</source>
        <translation>悪化の幅</translation>
    </message>
    <message>
        <source>What the rows are cut by</source>
        <translation>データを分ける基準</translation>
    </message>
    <message>
        <source>A run on labelled data shows here, when it has ended, what it said of every held-out row.</source>
        <translation>ラベル付きデータの実行が終わると、評価用の各データへの判定がここに表示されます。</translation>
    </message>
    <message>
        <source>All rows</source>
        <translation>すべてのデータ</translation>
    </message>
    <message>
        <source>%1 of the rows that are “%2” were taken for “%3”: %4 %. Click to see them</source>
        <translation>正解が「%2」のデータのうち %1 件が「%3」と予測されました: %4 %。クリックすると表示します</translation>
    </message>
    <message>
        <source>Fewer figures</source>
        <translation>指標を減らす</translation>
    </message>
    <message>
        <source>All figures</source>
        <translation>すべての指標</translation>
    </message>
    <message>
        <source>Classic methods</source>
        <translation>古典的手法</translation>
    </message>
</context>
<context>
    <name>gw::ui::KnobsPanel</name>
    <message>
        <source>Learning rate ×</source>
        <translation>学習率 ×</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>勾配クリッピング</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>評価の間隔</translation>
    </message>
    <message>
        <source>Save every</source>
        <translation>保存の間隔</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>適用</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>記録</translation>
    </message>
    <message>
        <source>Journal of the changes</source>
        <translation>変更の記録</translation>
    </message>
    <message>
        <source>Changes take effect with the next step, are kept in the journal and marked on every plot.</source>
        <translation>変更は次のステップから効き、記録に残り、すべてのグラフに印が付きます。</translation>
    </message>
    <message>
        <source>Only a run that is being trained can be changed; this is what was changed.</source>
        <translation>変更できるのは学習中の実行だけです。これは行われた変更です。</translation>
    </message>
    <message>
        <source>“%1” in %2 is no number</source>
        <translation>%2 の「%1」は数ではありません</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>ステップ %1</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>変更はありません。</translation>
    </message>
    <message>
        <source>as launched</source>
        <translation>開始時のまま</translation>
    </message>
    <message>
        <source>Back to the launch settings</source>
        <translation>開始時の設定に戻す</translation>
    </message>
</context>
<context>
    <name>gw::ui::LayersPanel</name>
    <message>
        <source>Update ratio: how far one step moves a layer, as a share of its length. About 0.001 is usual; far more is unstable, far less learns nothing.</source>
        <translation>更新比: 1 ステップが層をその長さに対してどれだけ動かすか。0.001 くらいがふつうで、はるかに大きいと不安定、はるかに小さいと何も学びません。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>層</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>層</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>勾配</translation>
    </message>
    <message>
        <source>Values of the histogram</source>
        <translation>ヒストグラムの値</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>重み</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>勾配</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>活性</translation>
    </message>
    <message>
        <source>Step of the histogram</source>
        <translation>ヒストグラムのステップ</translation>
    </message>
    <message>
        <source>Nothing recorded yet. “Layers every” of the monitoring settings says how often layers are looked at.</source>
        <translation>まだ記録がありません。監視の設定「層を見る間隔」で層を見る頻度を決めます。</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>ステップ %1</translation>
    </message>
    <message>
        <source>No histogram here. Set “Histograms every” of the monitoring settings to record some.</source>
        <translation>ここにはヒストグラムがありません。記録するには監視の設定の「ヒストグラムの間隔」を指定してください。</translation>
    </message>
</context>
<context>
    <name>gw::ui::LineageView</name>
    <message>
        <source>%1 · loss %2</source>
        <translation>%1 · 損失 %2</translation>
    </message>
    <message>
        <source>began from step %1</source>
        <translation>ステップ %1 から開始</translation>
    </message>
    <message>
        <source>began from scratch</source>
        <translation>最初から学習</translation>
    </message>
    <message>
        <source>Run %1, %2</source>
        <translation>実行 %1、%2</translation>
    </message>
</context>
<context>
    <name>gw::ui::LinkedPlots</name>
    <message>
        <source>Loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>勾配ノルム</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>training, smoothed (mean over about %1 steps)</source>
        <translation>訓練、平滑化 (約 %1 ステップの平均)</translation>
    </message>
    <message>
        <source>training</source>
        <translation>学習中</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>検証</translation>
    </message>
    <message>
        <source>floor of the data %1</source>
        <translation>データの下限 %1</translation>
    </message>
    <message>
        <source>Gradient norm, clipped above %1</source>
        <translation>勾配ノルム (%1 より上はクリップ)</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>ステップ %1</translation>
    </message>
    <message>
        <source>loss %1 (smoothed %2)</source>
        <translation>損失 %1 (平滑化 %2)</translation>
    </message>
    <message>
        <source>validation %1</source>
        <translation>検証 %1</translation>
    </message>
    <message>
        <source>norm %1</source>
        <translation>ノルム %1</translation>
    </message>
    <message>
        <source>rate %1</source>
        <translation>学習率 %1</translation>
    </message>
    <message>
        <source>the parent&apos;s own data</source>
        <translation>親のデータ</translation>
    </message>
    <message>
        <source>▼ values of 0 or less: none on a logarithmic axis</source>
        <translation>▼ 0 以下の値: 対数軸には置けません</translation>
    </message>
    <message>
        <source>◀ left out: what stands at 0 or less along x</source>
        <translation>◀ x が 0 以下のものは省かれています</translation>
    </message>
    <message>
        <source>no evaluation</source>
        <translation>評価はありません</translation>
    </message>
    <message>
        <source>no evaluation yet · one at the end of the run</source>
        <translation>評価はまだありません · 実行の終わりに 1 回行います</translation>
    </message>
    <message>
        <source>no evaluation yet · first at step %1</source>
        <translation>評価はまだありません · 最初はステップ %1</translation>
    </message>
    <message>
        <source>no step yet</source>
        <translation>まだステップがありません</translation>
    </message>
    <message>
        <source>no step</source>
        <translation>ステップがありません</translation>
    </message>
    <message>
        <source>Curves of the run</source>
        <translation>実行の曲線</translation>
    </message>
    <message>
        <source>training: what it minimises, smoothed (mean over about %1 steps)</source>
        <translation>訓練: 最小化している値、平滑化 (約 %1 ステップの平均)</translation>
    </message>
    <message>
        <source>training: what it minimises</source>
        <translation>訓練: 最小化している値</translation>
    </message>
    <message>
        <source>validation: plain loss</source>
        <translation>検証: 素の損失</translation>
    </message>
    <message>
        <source>validation: what training minimises</source>
        <translation>検証: 訓練で最小化している値</translation>
    </message>
    <message>
        <source>▼ not a number, or infinite</source>
        <translation>▼ 数でない値または無限大</translation>
    </message>
    <message>
        <source>loss %1 to %2 (smoothed %3)</source>
        <translation>損失 %1–%2 (平滑化 %3)</translation>
    </message>
    <message>
        <source>This axis cannot be drawn: %1</source>
        <translation>この軸では描けません: %1</translation>
    </message>
</context>
<context>
    <name>gw::ui::LooksPanel</name>
    <message>
        <source>First filters</source>
        <translation>最初のフィルター</translation>
    </message>
    <message>
        <source>Where it looks</source>
        <translation>注目している場所</translation>
    </message>
    <message>
        <source>Nearest captions</source>
        <translation>最も近いキャプション</translation>
    </message>
    <message>
        <source>Nearest pictures</source>
        <translation>最も近い画像</translation>
    </message>
    <message>
        <source>What the first convolution answers to, each filter from its least value in black to its greatest in white. Where it reads neither one channel nor three: the mean of its channels.</source>
        <translation>最初の畳み込みが反応するもの。フィルターごとに、最小値を黒、最大値を白で表します。入力が 1 チャンネルでも 3 チャンネルでもないときは、チャンネルの平均です。</translation>
    </message>
    <message>
        <source>Bright where the last layer looks, by the mean over its heads: the brightest patch is looked at most.</source>
        <translation>最後の層が注目している場所ほど明るく表示します (ヘッドの平均)。最も明るいパッチが最も注目されています。</translation>
    </message>
    <message>
        <source>Captions of %1 held-out pictures by their likeness to the picture, 1 the most.</source>
        <translation>検証用の画像 %1 枚のキャプションを、画像との類似度の順に並べたもの (最大は 1)。</translation>
    </message>
    <message>
        <source>Of %1 held-out pictures those with the most like features, by their cosine, 1 the most.</source>
        <translation>検証用の画像 %1 枚のうち、特徴量が最も似ているもの (コサイン類似度、最大は 1)。</translation>
    </message>
    <message>
        <source>number %1 of the data</source>
        <translation>データの %1 番</translation>
    </message>
    <message>
        <source>looked at</source>
        <translation>注目</translation>
    </message>
    <message>
        <source>seen</source>
        <translation>見えている部分</translation>
    </message>
    <message>
        <source>truth</source>
        <translation>正解</translation>
    </message>
    <message>
        <source>%1 (its own)</source>
        <translation>%1 (この画像のもの)</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>見直す</translation>
    </message>
    <message>
        <source>Look at the weights that the run stands for by now</source>
        <translation>実行の現在の重みで見直します</translation>
    </message>
    <message>
        <source>Stop looking</source>
        <translation>読み取りを中止します</translation>
    </message>
    <message>
        <source>Press Look again to see what the network has learnt of pictures.</source>
        <translation>「見直す」を押すと、ネットワークが画像について学んだことを表示します。</translation>
    </message>
    <message>
        <source>A run on pictures shows here what it has learnt to see: its first filters, where it looks, and what it takes for alike. This one reads text. Choose a run on pictures, or begin one on the New run page.</source>
        <translation>画像の実行では、見ることについて学んだこと (最初のフィルター、注目している場所、似ているとみなすもの)をここに表示します。この実行はテキストを読みます。画像の実行を選ぶか、「新しい実行」のページで始めてください。</translation>
    </message>
    <message>
        <source>Reading the data…</source>
        <translation>データを読んでいます…</translation>
    </message>
    <message>
        <source>Held-out pictures, by the weights of step %1.</source>
        <translation>検証用の画像を、ステップ %1 の重みで見たものです。</translation>
    </message>
    <message>
        <source>%1: number %2 of the data</source>
        <translation>%1: データの %2 番</translation>
    </message>
    <message>
        <source>What it draws again</source>
        <translation>描き直すもの</translation>
    </message>
    <message>
        <source>What is seen of the picture, what the model draws of it, and the truth.</source>
        <translation>画像の見えている部分、モデルがそこから描いたもの、元の画像。</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>描画</translation>
    </message>
</context>
<context>
    <name>gw::ui::MainWindow</name>
    <message>
        <source>A run is being trained</source>
        <translation>実行を学習中です</translation>
    </message>
    <message>
        <source>“%1” is being trained.</source>
        <translation>「%1」を学習中です。</translation>
    </message>
    <message>
        <source>Without saving, the work since the last checkpoint is lost; the run can be resumed from there.</source>
        <translation>保存しないと、最後のチェックポイントより後の作業は失われます。実行はそこから再開できます。</translation>
    </message>
    <message>
        <source>Save and quit</source>
        <translation>保存して終了</translation>
    </message>
    <message>
        <source>Quit without saving</source>
        <translation>保存せずに終了</translation>
    </message>
    <message>
        <source>Keep training</source>
        <translation>学習を続ける</translation>
    </message>
    <message>
        <source>Groundwork</source>
        <translation>Groundwork</translation>
    </message>
    <message>
        <source>%1 (Alt+%2)</source>
        <translation>%1 (Alt+%2)</translation>
    </message>
    <message>
        <source>Change the language of the window</source>
        <translation>ウィンドウの言語を変えます</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>明るい・暗い</translation>
    </message>
    <message>
        <source>Light or dark (Ctrl+Shift+L)</source>
        <translation>明るい・暗い (Ctrl+Shift+L)</translation>
    </message>
    <message>
        <source>Another window has this workspace open: this one is for reading only. Close the other one and start Groundwork again to train and change things here.</source>
        <translation>別のウィンドウがこのワークスペースを開いているため、このウィンドウは読み取り専用です。ここで学習や変更をするには、もう一方を閉じて Groundwork を開き直してください。</translation>
    </message>
    <message>
        <source>Pick a dataset, an architecture and an objective; the card at the right says what it will cost. The quick start needs no data and ends in under two minutes.</source>
        <translation>データセット、アーキテクチャ、目的を選びます。右のカードに必要な資源が出ます。クイックスタートはデータ不要で、2 分未満で終わります。</translation>
    </message>
    <message>
        <source>Every run is kept here. Filter with words such as val&lt;3.2 or tag:good, group, tag, and choose two or more to compare.</source>
        <translation>すべての実行がここに残ります。val&lt;3.2 や tag:good のような語で絞り込み、グループ分けやタグ付けをし、2 つ以上を選んで比べます。</translation>
    </message>
    <message>
        <source>Curves on one axis, what differs, who is better and whether that is more than noise between seeds.</source>
        <translation>1 つの軸に曲線を重ね、違い、優劣、それがシード間のばらつきより大きいかを示します。</translation>
    </message>
    <message>
        <source>Runs that wait their turn. A list in a field, such as 1e-4, 3e-4, becomes several runs.</source>
        <translation>順番を待つ実行です。欄に 1e-4, 3e-4 のような並びを書くと、複数の実行になります。</translation>
    </message>
    <message>
        <source>Keys and languages</source>
        <translation>キーと言語</translation>
    </message>
    <message>
        <source>Ctrl+K finds any command by name, Ctrl+/ lists all keys, F1 explains a field. Nothing is ever sent over a network.</source>
        <translation>Ctrl+K で名前からコマンドを探し、Ctrl+/ ですべてのキーを表示し、F1 で欄を説明します。ネットワークには何も送りません。</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>%1へ移動</translation>
    </message>
    <message>
        <source>Alt+%1</source>
        <translation>Alt+%1</translation>
    </message>
    <message>
        <source>Continue the run</source>
        <translation>実行を続ける</translation>
    </message>
    <message>
        <source>Pause the run</source>
        <translation>実行を一時停止</translation>
    </message>
    <message>
        <source>Save a checkpoint now</source>
        <translation>今チェックポイントを保存</translation>
    </message>
    <message>
        <source>Write samples now</source>
        <translation>今生成する</translation>
    </message>
    <message>
        <source>Stop and save the run</source>
        <translation>実行を停止して保存</translation>
    </message>
    <message>
        <source>New run: %1</source>
        <translation>新しい実行: %1</translation>
    </message>
    <message>
        <source>Language: %1</source>
        <translation>言語: %1</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>すべてのキー</translation>
    </message>
    <message>
        <source>Show the tour</source>
        <translation>案内を表示</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Open the run %1</source>
        <translation>実行 %1 を開く</translation>
    </message>
    <message>
        <source>Ctrl+N	New run</source>
        <translation>Ctrl+N	新しい実行</translation>
    </message>
    <message>
        <source>Ctrl+Enter	The page&apos;s main button</source>
        <translation>Ctrl+Enter	ページの主なボタン</translation>
    </message>
    <message>
        <source>Ctrl+F	Filter or search</source>
        <translation>Ctrl+F	絞り込み・検索</translation>
    </message>
    <message>
        <source>Ctrl+K	Commands</source>
        <translation>Ctrl+K	コマンド</translation>
    </message>
    <message>
        <source>Ctrl+/	This sheet</source>
        <translation>Ctrl+/	この一覧</translation>
    </message>
    <message>
        <source>F1	What a field means</source>
        <translation>F1	欄の意味</translation>
    </message>
    <message>
        <source>Ctrl+Shift+L	Light or dark</source>
        <translation>Ctrl+Shift+L	明るい・暗い</translation>
    </message>
    <message>
        <source>Ctrl+Q	Quit</source>
        <translation>Ctrl+Q	終了</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1、%2、%3</translation>
    </message>
    <message>
        <source>1 thread</source>
        <translation>1 スレッド</translation>
    </message>
    <message>
        <source>%1 threads</source>
        <translation>%1 スレッド</translation>
    </message>
    <message>
        <source>No run is being trained</source>
        <translation>学習中の実行はありません</translation>
    </message>
    <message>
        <source>Memory %1</source>
        <translation>メモリ %1</translation>
    </message>
    <message>
        <source>%1 free in %2</source>
        <translation>空き %1 (%2)</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>残り %1</translation>
    </message>
    <message>
        <source>Every checkpoint, to begin from: fine-tune it, check first whether it helps, or take it through a sequence of tasks.</source>
        <translation>すべてのチェックポイント。ここから微調整したり、先に役立つかを調べたり、一連の課題を学ばせたりできます。</translation>
    </message>
    <message>
        <source>Watch a run learn. A click on a curve shows the samples of that step; the live settings change the run while it goes on.</source>
        <translation>学習の様子を見ます。曲線をクリックするとそのステップのサンプルが出ます。「実行中の設定」で、走らせたまま変更できます。</translation>
    </message>
    <message>
        <source>Alt+1 … Alt+%1	Pages</source>
        <translation>Alt+1 … Alt+%1	ページ</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>フォルダーを選ぶ…</translation>
    </message>
    <message>
        <source>Usual folder</source>
        <translation>既定のフォルダー</translation>
    </message>
    <message>
        <source>Open a workspace</source>
        <translation>ワークスペースを開く</translation>
    </message>
    <message>
        <source>The workspace of last time is not there</source>
        <translation>前回のワークスペースが見つかりません</translation>
    </message>
    <message>
        <source>Connect its disk and start Groundwork again, or choose another folder</source>
        <translation>そのディスクを接続して Groundwork を再起動するか、別のフォルダーを選んでください</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Workspace, colours, language (Ctrl+,)</source>
        <translation>ワークスペース・配色・言語 (Ctrl+,)</translation>
    </message>
    <message>
        <source>Settings of the program</source>
        <translation>プログラムの設定</translation>
    </message>
    <message>
        <source>Colours as the system</source>
        <translation>配色をシステムに合わせる</translation>
    </message>
    <message>
        <source>Ctrl+,	Settings of the program</source>
        <translation>Ctrl+,	プログラムの設定</translation>
    </message>
    <message>
        <source>A run is being prepared</source>
        <translation>実行を準備しています</translation>
    </message>
    <message>
        <source>It has a process of its own and can go on without the window, which shows it again at its next start.</source>
        <translation>独立したプロセスで動いているので、ウィンドウがなくても続けられ、次に起動したときに再び表示されます。</translation>
    </message>
    <message>
        <source>Close and let it train</source>
        <translation>閉じて学習を続けさせる</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>%1, in the process %2</source>
        <translation>%1、プロセス %2</translation>
    </message>
    <message>
        <source>“%1”, in the process %2</source>
        <translation>「%1」、プロセス %2</translation>
    </message>
    <message>
        <source>no answer for %1</source>
        <translation>%1 応答なし</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>終了する</translation>
    </message>
    <message>
        <source>A sequence of tasks is being carried out here. It ends now; the run at hand is saved first, and the sequence goes on from there when it is carried out again.</source>
        <translation>ここでタスクの系列を実行しています。いま終了します。進行中の実行はその前に保存され、もう一度実行すると系列はそこから続きます。</translation>
    </message>
    <message>
        <source>A checkpoint is being read for a run that is to begin from it. The run is not begun then.</source>
        <translation>これから始める実行のためにチェックポイントを読んでいます。その実行は開始されません。</translation>
    </message>
    <message>
        <source>Nothing can be written to this workspace: its runs can be looked at. To train, change its permissions, free some space, or choose another workspace in the settings.</source>
        <translation>このワークスペースには書き込めません。実行を見ることはできます。学習するには、権限を変えるか、空き容量を作るか、設定で別のワークスペースを選んでください。</translation>
    </message>
    <message>
        <source>Text can be looked at and cleaned here before it is learnt from: copies, broken characters, personal data.</source>
        <translation>学習の前に、ここでテキストを調べて整えられます: 重複、壊れた文字、個人情報など。</translation>
    </message>
</context>
<context>
    <name>gw::ui::ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>There is no checkpoint yet.
A run saves them while it is trained; each can be fine-tuned or trained further here.</source>
        <translation>チェックポイントはまだありません。
学習中の実行が保存したものを、ここで微調整したり続けて学習したりできます。</translation>
    </message>
    <message>
        <source>Set up a run</source>
        <translation>実行を設定</translation>
    </message>
    <message>
        <source>Name of a run…</source>
        <translation>実行の名前…</translation>
    </message>
    <message>
        <source>Show checkpoints of runs with this in their name</source>
        <translation>名前にこの文字を含む実行のチェックポイントを表示</translation>
    </message>
    <message>
        <source>Begin a run</source>
        <translation>実行を始める</translation>
    </message>
    <message>
        <source>Sequence of tasks</source>
        <translation>課題の列</translation>
    </message>
    <message>
        <source>Ctrl+F	Find a checkpoint by its run</source>
        <translation>Ctrl+F	実行名でチェックポイントを探す</translation>
    </message>
    <message>
        <source>Ctrl+Enter	Launch the run that begins from the chosen checkpoint</source>
        <translation>Ctrl+Enter	選んだチェックポイントから始まる実行を開始</translation>
    </message>
    <message>
        <source>Pilot</source>
        <translation>パイロット</translation>
    </message>
    <message>
        <source>Lineage</source>
        <translation>系譜</translation>
    </message>
    <message>
        <source>Chosen is still %1, which the filter hides.</source>
        <translation>選ばれているのは %1 のままです（絞り込みで隠れています）。</translation>
    </message>
    <message>
        <source>%1 is gone: its run keeps only so many checkpoints, or lies in the trash. Choose another one.</source>
        <translation>%1 はなくなりました。実行が残すチェックポイントの数を超えたか、ごみ箱にあります。別のものを選んでください。</translation>
    </message>
    <message>
        <source>“%1”, step %2</source>
        <translation>「%1」ステップ %2</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>重み</translation>
    </message>
</context>
<context>
    <name>gw::ui::NewRunPage</name>
    <message>
        <source>New run</source>
        <translation>新しい実行</translation>
    </message>
    <message>
        <source>Settings of an earlier run</source>
        <translation>以前の実行の設定</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>レシピ</translation>
    </message>
    <message>
        <source>Recipe…</source>
        <translation>レシピ…</translation>
    </message>
    <message>
        <source>Name (made from the settings)</source>
        <translation>名前 (設定から作成)</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>実行の名前</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>読み込み…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出し…</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>リセット</translation>
    </message>
    <message>
        <source>Every setting back to its default</source>
        <translation>すべての設定を既定値に戻します</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>キューに追加</translation>
    </message>
    <message>
        <source>Launch</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>%1 から</translation>
    </message>
    <message>
        <source>Several runs</source>
        <translation>複数の実行</translation>
    </message>
    <message>
        <source>%1 runs, one after the other</source>
        <translation>%1 件の実行を順に</translation>
    </message>
    <message>
        <source>%1 steps in all, about %2 by the speed of earlier runs.</source>
        <translation>全部で %1 ステップ、以前の実行の速さで約 %2。</translation>
    </message>
    <message>
        <source>%1 steps in all. How long they take is not known before a run was trained here.</source>
        <translation>全部で %1 ステップ。ここで 1 つ学習するまで、かかる時間は分かりません。</translation>
    </message>
    <message>
        <source>Queue %1 runs</source>
        <translation>%1 件をキューに追加</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>1 run was put into the queue</source>
        <translation>1 件をキューに追加しました</translation>
    </message>
    <message>
        <source>%1 runs were put into the queue</source>
        <translation>%1 件をキューに追加しました</translation>
    </message>
    <message>
        <source>Launch %1 runs</source>
        <translation>%1 件を開始</translation>
    </message>
    <message>
        <source>Add %1 runs to queue</source>
        <translation>%1 件をキューに追加</translation>
    </message>
    <message>
        <source>This window is open for reading only</source>
        <translation>このウィンドウは読み取り専用です</translation>
    </message>
    <message>
        <source>Freeze these settings and train them when their turn comes. A list in a field, such as 1e-4, 3e-4, becomes several runs</source>
        <translation>この設定を固定し、順番が来たら学習します。欄に 1e-4, 3e-4 のような並びを書くと複数の実行になります</translation>
    </message>
    <message>
        <source>Train them one after the other (Ctrl+Enter)</source>
        <translation>順に学習します (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>A run is being trained already: %1</source>
        <translation>すでに実行を学習中です: %1</translation>
    </message>
    <message>
        <source>Start training (Ctrl+Enter)</source>
        <translation>学習を開始 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Mend what is marked first: %1</source>
        <translation>先に印の付いたところを直してください: %1</translation>
    </message>
    <message>
        <source>Read settings from a JSON file</source>
        <translation>JSON ファイルから設定を読む</translation>
    </message>
    <message>
        <source>Write these settings to a JSON file, for groundwork-cli run</source>
        <translation>この設定を JSON ファイルに書き出す（groundwork-cli run 用）</translation>
    </message>
    <message>
        <source>Import settings</source>
        <translation>設定の読み込み</translation>
    </message>
    <message>
        <source>Settings (*.json);;All files (*)</source>
        <translation>設定 (*.json);;すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Export the settings</source>
        <translation>設定の書き出し</translation>
    </message>
    <message>
        <source>Settings (*.json)</source>
        <translation>設定 (*.json)</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>ほか %1 件</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Based on “%1”, changed: %2</source>
        <translation>「%1」をもとに変更: %2</translation>
    </message>
    <message>
        <source>Still to be filled in: %1</source>
        <translation>未入力です: %1</translation>
    </message>
    <message>
        <source>Self-test…</source>
        <translation>セルフテスト…</translation>
    </message>
    <message>
        <source>Prove in a few steps that a run with these settings goes on exactly after a resume</source>
        <translation>この設定の実行が再開後も正確に続くことを、数ステップで確かめます</translation>
    </message>
    <message>
        <source>Another run is being trained in this window</source>
        <translation>このウィンドウで別の実行を学習中です</translation>
    </message>
    <message>
        <source>Mend what is marked first</source>
        <translation>先に印の付いた項目を直してください</translation>
    </message>
    <message>
        <source>these settings</source>
        <translation>この設定</translation>
    </message>
    <message>
        <source>Plan…</source>
        <translation>計画…</translation>
    </message>
    <message>
        <source>Which size of this model can be trained on this machine in some hours</source>
        <translation>このモデルのどの大きさを、このマシンで数時間のうちに学習できるか</translation>
    </message>
    <message>
        <source>The data cannot be read: %1</source>
        <translation>データを読めません: %1</translation>
    </message>
    <message>
        <source>Check…</source>
        <translation>確認…</translation>
    </message>
    <message>
        <source>Look in short trainings whether a model with these settings can learn</source>
        <translation>この設定で学習できるかを短い学習で調べます</translation>
    </message>
    <message>
        <source>The learning rate is in the form now</source>
        <translation>学習率をフォームに入れました</translation>
    </message>
    <message>
        <source>Before a long run: what it takes and needs, and whether it can learn</source>
        <translation>長い実行の前に：時間と必要なもの、学習できるかどうか</translation>
    </message>
    <message>
        <source>Flight check…</source>
        <translation>発進前チェック…</translation>
    </message>
    <message>
        <source>Measure in a few real steps how long this run takes, and whether memory and disk are enough</source>
        <translation>実際の数ステップで、この実行にかかる時間とメモリーやディスクが足りるかを計測します</translation>
    </message>
    <message>
        <source>Can it learn?…</source>
        <translation>学習できるか…</translation>
    </message>
    <message>
        <source>The advised settings are in the form now</source>
        <translation>提案された設定をフォームに入れました</translation>
    </message>
</context>
<context>
    <name>gw::ui::NotesDialog</name>
    <message>
        <source>Notes on %1</source>
        <translation>%1 のメモ</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>What was tried, what came out. Markdown: **bold**, lists, [links](https://example.org).</source>
        <translation>試したこと、分かったこと。Markdown: **太字**、箇条書き、[リンク](https://example.org)。</translation>
    </message>
    <message>
        <source>How the notes look</source>
        <translation>メモの見え方</translation>
    </message>
    <message>
        <source>Keep the notes</source>
        <translation>メモを残す</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Another program has changed these notes meanwhile.</source>
        <translation>その間に別のプログラムがこのメモを変更しました。</translation>
    </message>
    <message>
        <source>They read now:</source>
        <translation>現在の内容：</translation>
    </message>
    <message>
        <source>Put mine in their place</source>
        <translation>自分のメモで置き換える</translation>
    </message>
    <message>
        <source>Back to mine</source>
        <translation>自分のメモに戻る</translation>
    </message>
</context>
<context>
    <name>gw::ui::NoticeBar</name>
    <message>
        <source>Show</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>All of them, under Findings</source>
        <translation>すべては「所見」にあります</translation>
    </message>
    <message>
        <source>Mark as seen</source>
        <translation>確認済みにする</translation>
    </message>
    <message>
        <source>Take this bar away; they stay under Findings</source>
        <translation>この帯を消します。内容は「所見」に残ります</translation>
    </message>
    <message>
        <source>and %1</source>
        <translation>ほか %1</translation>
    </message>
</context>
<context>
    <name>gw::ui::ParallelPlot</name>
    <message>
        <source>Parallel coordinates of the settings that differ and the result</source>
        <translation>違う設定と結果の平行座標</translation>
    </message>
    <message>
        <source>These runs differ in no setting.</source>
        <translation>これらの実行に違う設定はありません。</translation>
    </message>
</context>
<context>
    <name>gw::ui::PictureStrip</name>
    <message>
        <source>%1, wrongly taken for %2</source>
        <translation>正解 %1、誤って %2 と予測</translation>
    </message>
    <message>
        <source>%1, rightly told</source>
        <translation>%1、正しく予測</translation>
    </message>
</context>
<context>
    <name>gw::ui::PilotPanel</name>
    <message>
        <source>Result</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>Pilots</source>
        <translation>パイロット</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>レポート…</translation>
    </message>
    <message>
        <source>Write a page that needs nothing else: the curve, what is best, what it costs</source>
        <translation>曲線、最良の結果、費用をまとめた単独のページを書き出します</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>ラベル数</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>品質</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>学習対象</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>ms an item</source>
        <translation>ミリ秒/件</translation>
    </message>
    <message>
        <source>Cost a day</source>
        <translation>1 日の費用</translation>
    </message>
    <message>
        <source>Results of the pilot</source>
        <translation>パイロットの結果</translation>
    </message>
    <message>
        <source>A pilot tells what labels are worth before many are paid for: several ways of training from the chosen checkpoint, with few and many labels and several seeds.</source>
        <translation>パイロットは、多くのラベルに費用をかける前にその価値を調べます：選んだチェックポイントからのいくつかの学習方法を、少ないラベルと多いラベル、複数のシードで試します。</translation>
    </message>
    <message>
        <source>Labelled data</source>
        <translation>ラベル付きデータ</translation>
    </message>
    <message>
        <source>A file of texts with labels</source>
        <translation>ラベル付き文章のファイル</translation>
    </message>
    <message>
        <source>Labelled data of the pilot</source>
        <translation>パイロットのラベル付きデータ</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Ways</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Counts of labels, with “all” for all of them</source>
        <translation>ラベル数（すべては all）</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>シード数</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>pilot</source>
        <translation>パイロット</translation>
    </message>
    <message>
        <source>Name of the pilot</source>
        <translation>パイロットの名前</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>キューに追加</translation>
    </message>
    <message>
        <source>Price an hour</source>
        <translation>1 時間の価格</translation>
    </message>
    <message>
        <source>Items a day</source>
        <translation>1 日の件数</translation>
    </message>
    <message>
        <source>Value of an error</source>
        <translation>誤り 1 件の損失</translation>
    </message>
    <message>
        <source>“%1” is no count of labels: write numbers, or all</source>
        <translation>「%1」はラベル数ではありません。数または all と書いてください</translation>
    </message>
    <message>
        <source>A pilot needs a name, a way of training and a count of labels</source>
        <translation>パイロットには名前、学習方法、ラベル数が必要です</translation>
    </message>
    <message>
        <source>%1 runs wait in the queue. What they reach appears here.</source>
        <translation>%1 件の実行がキューで待っています。結果はここに表示されます。</translation>
    </message>
    <message>
        <source>Without a result yet: %1 runs</source>
        <translation>結果待ち：%1 件</translation>
    </message>
    <message>
        <source>all</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Write the report</source>
        <translation>レポートの書き出し</translation>
    </message>
    <message>
        <source>HTML page (*.html)</source>
        <translation>HTML ページ (*.html)</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>%1 に書き出しました</translation>
    </message>
    <message>
        <source>Folds</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>What each way is repeated over</source>
        <translation>各方法の繰り返し方</translation>
    </message>
    <message>
        <source>How often each way is repeated</source>
        <translation>各方法の繰り返し回数</translation>
    </message>
    <message>
        <source>rate %1</source>
        <translation>学習率 %1</translation>
    </message>
    <message>
        <source>rank %1, alpha %2</source>
        <translation>ランク %1、アルファ %2</translation>
    </message>
    <message>
        <source>%1 passes</source>
        <translation>%1 周</translation>
    </message>
    <message>
        <source>Tried with</source>
        <translation>試した設定</translation>
    </message>
    <message>
        <source>No checkpoint is chosen.</source>
        <translation>チェックポイントが選ばれていません。</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>対象 %1</translation>
    </message>
    <message>
        <source>A file or folder of pictures with labels; empty: the checkpoint&apos;s own data</source>
        <translation>ラベル付き画像のファイルまたはフォルダー。空欄ならチェックポイント自身のデータ</translation>
    </message>
    <message>
        <source>Quality on unseen data</source>
        <translation>未知のデータでの品質</translation>
    </message>
    <message>
        <source>Reading the checkpoint…</source>
        <translation>チェックポイントを確認中…</translation>
    </message>
    <message>
        <source>Seeds: other examples and other first weights each time. Folds: a cross-validation, in which every text is evaluated once.</source>
        <translation>シード: 毎回、例と初期の重みを変えます。分割: 交差検証で、すべてのテキストを一度ずつ評価します。</translation>
    </message>
</context>
<context>
    <name>gw::ui::PlanDialog</name>
    <message>
        <source>What can be trained in a time</source>
        <translation>決まった時間で学習できるもの</translation>
    </message>
    <message>
        <source>Sizes of these settings by the speed of this machine: a few steps of each are trained, and what would take long is reckoned from the size before it.</source>
        <translation>この設定の大きさを変えたものを、このマシンの速さで比べます。それぞれ数ステップだけ学習し、時間のかかるものは 1 つ小さい大きさから推定します。</translation>
    </message>
    <message>
        <source>Hours of training</source>
        <translation>学習時間（時間）</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大きさ</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>パラメータ数</translation>
    </message>
    <message>
        <source>A second</source>
        <translation>毎秒</translation>
    </message>
    <message>
        <source>Known by</source>
        <translation>根拠</translation>
    </message>
    <message>
        <source>In the time</source>
        <translation>時間内</translation>
    </message>
    <message>
        <source>A parameter</source>
        <translation>パラメータあたり</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>メモリ</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>チェックポイント</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>大きさ</translation>
    </message>
    <message>
        <source>The measurement goes on</source>
        <translation>計測中</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Use this size</source>
        <translation>この大きさを使う</translation>
    </message>
    <message>
        <source>Put the size and the budget into the form</source>
        <translation>大きさと学習量をフォームに入れます</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>%1: too much</source>
        <translation>%1：多すぎます</translation>
    </message>
    <message>
        <source>Advised: %1. Its tokens are nearest to 20 a parameter, which Hoffmann et al. 2022 found best for large models. With less text than that choose a smaller one.</source>
        <translation>おすすめ：%1。トークン数がパラメータあたり 20 に最も近い大きさです（Hoffmann ら 2022 が大規模モデルで最良とした比）。テキストがそれより少なければ、小さいものを選んでください。</translation>
    </message>
</context>
<context>
    <name>gw::ui::PlotBar</name>
    <message>
        <source>Across</source>
        <translation>横軸</translation>
    </message>
    <message>
        <source>What the x axis counts (X)</source>
        <translation>x 軸が数えるもの (X)</translation>
    </message>
    <message>
        <source>No smoothing</source>
        <translation>平滑化なし</translation>
    </message>
    <message>
        <source>Mean of %1 steps</source>
        <translation>%1 ステップの平均</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑化</translation>
    </message>
    <message>
        <source>Moving mean over about so many steps; the raw curve stays behind it ([ and ])</source>
        <translation>約この数のステップの移動平均。生の曲線は後ろに残ります ([ と ])</translation>
    </message>
    <message>
        <source>Log y</source>
        <translation>対数 y</translation>
    </message>
    <message>
        <source>Logarithmic values (L)</source>
        <translation>値を対数で (L)</translation>
    </message>
    <message>
        <source>Log x</source>
        <translation>対数 x</translation>
    </message>
    <message>
        <source>Logarithmic x axis (Shift+L)</source>
        <translation>x 軸を対数で (Shift+L)</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>追従</translation>
    </message>
    <message>
        <source>Keep the newest steps in view (F)</source>
        <translation>新しいステップを表示し続けます (F)</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>すべて表示</translation>
    </message>
    <message>
        <source>The whole run (R or double click). Wheel: zoom along x; Shift and wheel: zoom one plot along y; drag: move</source>
        <translation>実行の全体 (R またはダブルクリック)。ホイール: x に沿って拡大、Shift+ホイール: 1 つのグラフを y に沿って拡大、ドラッグ: 移動</translation>
    </message>
    <message>
        <source>R	Show all</source>
        <translation>R	すべて表示</translation>
    </message>
    <message>
        <source>F	Follow the newest steps</source>
        <translation>F	新しいステップに追従</translation>
    </message>
    <message>
        <source>L, Shift+L	Logarithmic y, x</source>
        <translation>L, Shift+L	対数 y、対数 x</translation>
    </message>
    <message>
        <source>X	Next axis</source>
        <translation>X	次の軸</translation>
    </message>
    <message>
        <source>[ and ]	Less or more smoothing</source>
        <translation>[ と ]	平滑化を弱く・強く</translation>
    </message>
</context>
<context>
    <name>gw::ui::PlotExport</name>
    <message>
        <source>Plots as SVG</source>
        <translation>グラフを SVG で</translation>
    </message>
    <message>
        <source>Plots as PDF</source>
        <translation>グラフを PDF で</translation>
    </message>
    <message>
        <source>Plots as PNG</source>
        <translation>グラフを PNG で</translation>
    </message>
    <message>
        <source>Curves as CSV</source>
        <translation>曲線を CSV で</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>書き出しました: %1</translation>
    </message>
</context>
<context>
    <name>gw::ui::PointScatter</name>
    <message>
        <source>Others</source>
        <translation>その他</translation>
    </message>
</context>
<context>
    <name>gw::ui::QueueModel</name>
    <message>
        <source>about %1</source>
        <translation>約 %1</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>順番</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>見込み</translation>
    </message>
    <message>
        <source>Waits since</source>
        <translation>待ち始め</translation>
    </message>
</context>
<context>
    <name>gw::ui::QueuePage</name>
    <message>
        <source>Queue</source>
        <translation>キュー</translation>
    </message>
    <message>
        <source>Edit a copy</source>
        <translation>写しを編集</translation>
    </message>
    <message>
        <source>Set up a new run with the settings of the chosen one</source>
        <translation>選んだ実行の設定で新しい実行を用意します</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上へ</translation>
    </message>
    <message>
        <source>Move the chosen run up (Alt+Up)</source>
        <translation>選んだ実行を上へ (Alt+↑)</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下へ</translation>
    </message>
    <message>
        <source>Move the chosen run down (Alt+Down)</source>
        <translation>選んだ実行を下へ (Alt+↓)</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>取り出す</translation>
    </message>
    <message>
        <source>Take the chosen run out of the queue (Del)</source>
        <translation>選んだ実行をキューから取り出します (Del)</translation>
    </message>
    <message>
        <source>Start the queue</source>
        <translation>キューを開始</translation>
    </message>
    <message>
        <source>Nothing waits.
“Add to queue” on the page New run puts a run here; a list in a field, such as 1e-4, 3e-4, becomes several runs.</source>
        <translation>待っている実行はありません。
「新しい実行」の「キューに追加」でここに入ります。欄に 1e-4, 3e-4 のような並びを書くと複数の実行になります。</translation>
    </message>
    <message>
        <source>Set up a run</source>
        <translation>実行を用意</translation>
    </message>
    <message>
        <source>Pause the queue after a failed run</source>
        <translation>実行が失敗したらキューを止める</translation>
    </message>
    <message>
        <source>Otherwise the next run begins</source>
        <translation>そうでなければ次の実行が始まります</translation>
    </message>
    <message>
        <source>Del	Take it out of the queue</source>
        <translation>Del	キューから取り出す</translation>
    </message>
    <message>
        <source>Now: “%1”</source>
        <translation>現在: 「%1」</translation>
    </message>
    <message>
        <source>The next run begins…</source>
        <translation>次の実行が始まります…</translation>
    </message>
    <message>
        <source>The queue stands still.</source>
        <translation>キューは止まっています。</translation>
    </message>
    <message>
        <source>1 run waits</source>
        <translation>1 件が待機中</translation>
    </message>
    <message>
        <source>%1 runs wait</source>
        <translation>%1 件が待機中</translation>
    </message>
    <message>
        <source>about %1 in all</source>
        <translation>全部で約 %1</translation>
    </message>
    <message>
        <source>Pause the queue</source>
        <translation>キューを止める</translation>
    </message>
    <message>
        <source>This window is open for reading only</source>
        <translation>このウィンドウは読み取り専用です</translation>
    </message>
    <message>
        <source>The run that is being trained goes on; no other one begins</source>
        <translation>学習中の実行は続き、次は始まりません</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>待っている実行はありません</translation>
    </message>
    <message>
        <source>Train what waits, one after the other</source>
        <translation>待っている実行を順に学習します</translation>
    </message>
    <message>
        <source>“%1” was taken out of the queue</source>
        <translation>「%1」をキューから取り出しました</translation>
    </message>
    <message>
        <source>Alt+Up, Alt+Down	Move the chosen run; it can be dragged too</source>
        <translation>Alt+↑、Alt+↓	選んだ実行を移動 (ドラッグもできます)</translation>
    </message>
</context>
<context>
    <name>gw::ui::RatePlot</name>
    <message>
        <source>Loss by learning rate</source>
        <translation>学習率ごとの損失</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>Loss, smoothed</source>
        <translation>損失（平滑化）</translation>
    </message>
    <message>
        <source>Advised</source>
        <translation>推奨</translation>
    </message>
</context>
<context>
    <name>gw::ui::ReadingBar</name>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source> · %1 %</source>
        <translation> · %1 %</translation>
    </message>
    <message>
        <source>Reading the features</source>
        <translation>特徴を読み取っています</translation>
    </message>
    <message>
        <source>Placing the rows</source>
        <translation>行を配置しています</translation>
    </message>
    <message>
        <source>Reading the data</source>
        <translation>データを読み取っています</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>キャンセルしました</translation>
    </message>
    <message>
        <source>Sorting the rows into clusters</source>
        <translation>行をクラスターに分けています</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>描いています</translation>
    </message>
    <message>
        <source>Measuring how far the rows stand apart</source>
        <translation>行の外れ具合を測っています</translation>
    </message>
    <message>
        <source>Looking for independent components</source>
        <translation>独立成分を探しています</translation>
    </message>
</context>
<context>
    <name>gw::ui::RowGallery</name>
    <message>
        <source>Which rows are shown</source>
        <translation>表示する行</translation>
    </message>
    <message>
        <source>Held-out pictures, with what is true and what was said</source>
        <translation>評価用の画像 (正解と予測)</translation>
    </message>
    <message>
        <source>Held-out texts, with what is true and what was said</source>
        <translation>評価用の文章 (正解と予測)</translation>
    </message>
    <message>
        <source>The furthest off</source>
        <translation>誤差の大きい順</translation>
    </message>
    <message>
        <source>Wrong, the surest first</source>
        <translation>不正解 (確信度の高い順)</translation>
    </message>
    <message>
        <source>The closest</source>
        <translation>誤差の小さい順</translation>
    </message>
    <message>
        <source>Right, the least sure</source>
        <translation>正解 (確信度の低い順)</translation>
    </message>
    <message>
        <source>“%1”, rightly told</source>
        <translation>「%1」を正しく予測</translation>
    </message>
    <message>
        <source>“%1” taken for “%2”</source>
        <translation>「%1」を「%2」と予測</translation>
    </message>
    <message>
        <source>Reading the rows…</source>
        <translation>行を読み込んでいます…</translation>
    </message>
    <message>
        <source>off by %1</source>
        <translation>誤差 %1</translation>
    </message>
    <message>
        <source>sure to %1 %</source>
        <translation>確信度 %1 %</translation>
    </message>
    <message>
        <source>There is no such row.</source>
        <translation>該当する行はありません。</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%2 行中 %1 行</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>row %1 of %2</source>
        <translation>%2 の %1 行目</translation>
    </message>
    <message>
        <source>number %1 of the data</source>
        <translation>データの %1 番</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>True</source>
        <translation>正解</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>予測</translation>
    </message>
    <message>
        <source>Off by</source>
        <translation>誤差</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>確信度</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>テキスト</translation>
    </message>
</context>
<context>
    <name>gw::ui::RunHeader</name>
    <message>
        <source>Step</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>トークン</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>残り時間</translation>
    </message>
    <message>
        <source>Tokens/s</source>
        <translation>トークン/秒</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>メモリ</translation>
    </message>
    <message>
        <source>Best validation loss</source>
        <translation>最良の検証損失</translation>
    </message>
    <message>
        <source>Last checkpoint</source>
        <translation>最後のチェックポイント</translation>
    </message>
    <message>
        <source>Trained by another program (process %1)</source>
        <translation>別のプログラムが学習中 (プロセス %1)</translation>
    </message>
    <message>
        <source>Started %1, ended %2</source>
        <translation>開始 %1、終了 %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Trained for</source>
        <translation>学習時間</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>パープレキシティ</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>%1 前</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>まだなし</translation>
    </message>
    <message>
        <source>Best: %1</source>
        <translation>最良: %1</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>ステップ %1</translation>
    </message>
    <message>
        <source>Images/s</source>
        <translation>画像/秒</translation>
    </message>
    <message>
        <source>Show the checkpoint on the page Models: to fine-tune it, or to look at what it comes from</source>
        <translation>「モデル」ページでこのチェックポイントを表示します。微調整や由来の確認ができます</translation>
    </message>
    <message>
        <source>Saved at step %1</source>
        <translation>ステップ %1 で保存済み</translation>
    </message>
    <message>
        <source>Last save: step %1</source>
        <translation>最後の保存: ステップ %1</translation>
    </message>
    <message>
        <source>Windows/s</source>
        <translation>窓/秒</translation>
    </message>
    <message>
        <source>Rows/s</source>
        <translation>行/秒</translation>
    </message>
</context>
<context>
    <name>gw::ui::RunPage</name>
    <message>
        <source>Run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>No run is open.
Open one from the table of runs, or launch a new one.</source>
        <translation>実行は開かれていません。
実行一覧から開くか、新しい実行を始めてください。</translation>
    </message>
    <message>
        <source>Show the runs</source>
        <translation>実行一覧を表示</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>名前を変更</translation>
    </message>
    <message>
        <source>Rename this run (F2)</source>
        <translation>この実行の名前を変えます (F2)</translation>
    </message>
    <message>
        <source>The program that trains this run was told</source>
        <translation>この実行を学習しているプログラムに伝えました</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Save now</source>
        <translation>今保存</translation>
    </message>
    <message>
        <source>Sample now</source>
        <translation>今生成</translation>
    </message>
    <message>
        <source>Stop without saving</source>
        <translation>保存せずに停止</translation>
    </message>
    <message>
        <source>Stop &amp;&amp; save</source>
        <translation>停止して保存</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Set up a new run with these settings (Ctrl+D)</source>
        <translation>この設定で新しい実行を用意します (Ctrl+D)</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>This run cannot be shown.

%1</source>
        <translation>この実行は表示できません。

%1</translation>
    </message>
    <message>
        <source>The run is stopping</source>
        <translation>実行を停止しています</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Go on training</source>
        <translation>学習を続けます</translation>
    </message>
    <message>
        <source>Write a checkpoint and go on (S)</source>
        <translation>チェックポイントを書いて続けます (S)</translation>
    </message>
    <message>
        <source>Let the model write and go on (G)</source>
        <translation>モデルに書かせて続けます (G)</translation>
    </message>
    <message>
        <source>Write a checkpoint, then end; the run can be resumed</source>
        <translation>チェックポイントを書いて終わります。実行は再開できます</translation>
    </message>
    <message>
        <source>End now; what came after the last checkpoint is lost</source>
        <translation>今終わります。最後のチェックポイントより後は失われます</translation>
    </message>
    <message>
        <source>Notes ✎</source>
        <translation>メモ ✎</translation>
    </message>
    <message>
        <source>Write down what was tried and what came out (N)</source>
        <translation>試したことと分かったことを書きます (N)</translation>
    </message>
    <message>
        <source>This run has no checkpoint</source>
        <translation>この実行にはチェックポイントがありません</translation>
    </message>
    <message>
        <source>Another run is being trained in this window</source>
        <translation>このウィンドウで別の実行を学習中です</translation>
    </message>
    <message>
        <source>This window is open for reading only</source>
        <translation>このウィンドウは読み取り専用です</translation>
    </message>
    <message>
        <source>Go on from the newest whole checkpoint</source>
        <translation>最新の完全なチェックポイントから続けます</translation>
    </message>
    <message>
        <source>Write a report</source>
        <translation>レポートを書く</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>ウェブページ (*.html)</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>書き出しました: %1</translation>
    </message>
    <message>
        <source>Click	Show the samples of that step</source>
        <translation>クリック	そのステップの標本を表示</translation>
    </message>
    <message>
        <source>Space	Pause, go on</source>
        <translation>Space	一時停止・続行</translation>
    </message>
    <message>
        <source>S	Save now</source>
        <translation>S	今保存</translation>
    </message>
    <message>
        <source>G	Sample now</source>
        <translation>G	今生成</translation>
    </message>
    <message>
        <source>F2	Rename</source>
        <translation>F2	名前を変更</translation>
    </message>
    <message>
        <source>N	Notes</source>
        <translation>N	メモ</translation>
    </message>
    <message>
        <source>Ctrl+D	Duplicate into New run</source>
        <translation>Ctrl+D	新しい実行に複製</translation>
    </message>
    <message>
        <source>Rename this run</source>
        <translation>この実行の名前を変更</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Fork…</source>
        <translation>分岐…</translation>
    </message>
    <message>
        <source>Train longer…</source>
        <translation>さらに学習…</translation>
    </message>
    <message>
        <source>Begin a run of its own from a checkpoint of this one; asks for budget, rate and schedule first</source>
        <translation>この実行のチェックポイントから別の実行を始めます。先に予算・学習率・スケジュールを尋ねます</translation>
    </message>
    <message>
        <source>Go on with a larger budget; asks how the learning rate goes on</source>
        <translation>予算を増やして続けます。学習率の続け方を尋ねます</translation>
    </message>
    <message>
        <source>Other ways to stop</source>
        <translation>ほかの停止方法</translation>
    </message>
    <message>
        <source>Stop without saving…</source>
        <translation>保存せずに停止…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>Write the plots, the recorded values, or all of the run as one web page (Ctrl+E)</source>
        <translation>グラフ、記録された値、または実行全体を 1 枚のウェブページとして書き出します (Ctrl+E)</translation>
    </message>
    <message>
        <source>Stop “%1” without saving?</source>
        <translation>「%1」を保存せずに停止しますか?</translation>
    </message>
    <message>
        <source>Nothing of it has been saved yet: all %1 steps are lost.</source>
        <translation>まだ何も保存されていません。%1 ステップすべてが失われます。</translation>
    </message>
    <message>
        <source>The last save is of step %1: what came after it, %2 steps, is lost.</source>
        <translation>最後の保存はステップ %1 です。その後の %2 ステップは失われます。</translation>
    </message>
    <message>
        <source>Keep training</source>
        <translation>学習を続ける</translation>
    </message>
    <message>
        <source>Ctrl+E	Export</source>
        <translation>Ctrl+E	書き出し</translation>
    </message>
    <message>
        <source>Report as HTML</source>
        <translation>レポートを HTML で</translation>
    </message>
    <message>
        <source>Saved at step %1; the checkpoint stands on the page Models</source>
        <translation>ステップ %1 で保存しました。チェックポイントは「モデル」ページにあります</translation>
    </message>
    <message>
        <source>End its process by force…</source>
        <translation>プロセスを強制終了…</translation>
    </message>
    <message>
        <source>For a process that does not answer any more; what came after the last checkpoint is lost</source>
        <translation>応答しなくなったプロセスのためのものです。最後のチェックポイント以降は失われます</translation>
    </message>
    <message>
        <source>End by force</source>
        <translation>強制終了</translation>
    </message>
    <message>
        <source>End the process %1 of “%2” by force?</source>
        <translation>「%2」のプロセス %1 を強制終了しますか?</translation>
    </message>
    <message>
        <source>It has not answered for %1.</source>
        <translation>%1 応答がありません。</translation>
    </message>
    <message>
        <source>It answers: “Stop &amp; save” loses nothing.</source>
        <translation>応答しています。「停止して保存」なら何も失われません。</translation>
    </message>
    <message>
        <source>Stop computing until told to go on; memory stays taken. “Stop &amp; save” frees it, and Resume goes on exactly there</source>
        <translation>再開の指示まで計算を止めます。メモリは使われたままです。「停止して保存」ならメモリも解放され、「再開」で正確に続きから進みます</translation>
    </message>
    <message>
        <source>Ctrl+Enter	On “Try it”: generate, draw or predict; else the main button</source>
        <translation>Ctrl+Enter	「試す」では生成・描画・予測、ほかでは主ボタン</translation>
    </message>
    <message>
        <source>Write a model card</source>
        <translation>モデルカードを書き出す</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Model card as Markdown</source>
        <translation>モデルカード(Markdown)</translation>
    </message>
</context>
<context>
    <name>gw::ui::RunPicker</name>
    <message>
        <source>Choose runs to compare</source>
        <translation>比べる実行を選ぶ</translation>
    </message>
    <message>
        <source>Filter, such as val&lt;3.2 tag:good arch:transformer</source>
        <translation>絞り込み (例: val&lt;3.2 tag:good arch:transformer)</translation>
    </message>
    <message>
        <source>Filter of the runs</source>
        <translation>実行の絞り込み</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>実行一覧</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation>履歴を読んでいます…</translation>
    </message>
    <message>
        <source>%1   %2, best %3</source>
        <translation>%1   %2、最良 %3</translation>
    </message>
    <message>
        <source>%1 chosen; at most %2 can be compared</source>
        <translation>%1 件選択。比べられるのは %2 件までです</translation>
    </message>
    <message>
        <source>1 run chosen</source>
        <translation>1 件選択</translation>
    </message>
    <message>
        <source>%1 runs chosen</source>
        <translation>%1 件選択</translation>
    </message>
    <message>
        <source>No run matches this filter: clear it</source>
        <translation>このフィルターに合う実行はありません：フィルターを消す</translation>
    </message>
</context>
<context>
    <name>gw::ui::RunSession</name>
    <message>
        <source>A new run</source>
        <translation>新しい実行</translation>
    </message>
</context>
<context>
    <name>gw::ui::RunTableModel</name>
    <message>
        <source>No tag</source>
        <translation>タグなし</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>1 run</source>
        <translation>1 件</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 件</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>訓練損失</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>パラメータ数</translation>
    </message>
    <message>
        <source>Best validation</source>
        <translation>最良の検証</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>ディスク</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>The best value, on the validation part, of what each run is judged by: its loss unless another metric is named</source>
        <translation>各実行の評価指標の、検証用での最良値。指標の名がなければ損失です</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>コスト</translation>
    </message>
</context>
<context>
    <name>gw::ui::RunTabs</name>
    <message>
        <source>Step</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>検証</translation>
    </message>
    <message>
        <source>Kept as</source>
        <translation>残す理由</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大きさ</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>チェックポイント</translation>
    </message>
    <message>
        <source>Copy its path</source>
        <translation>パスをコピー</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>生成例</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>ログ</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>所見</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>バッチ</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>層</translation>
    </message>
    <message>
        <source>Changed from the defaults</source>
        <translation>既定値からの変更</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最良</translation>
    </message>
    <message>
        <source>recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Fine-tune or continue from here…</source>
        <translation>ここから微調整・継続学習…</translation>
    </message>
    <message>
        <source>Fork from here…</source>
        <translation>ここから分岐…</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>評価</translation>
    </message>
    <message>
        <source>Live settings</source>
        <translation>実行中の設定</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>すべての設定</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>試す</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>埋め込み</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>見え方</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>予測</translation>
    </message>
</context>
<context>
    <name>gw::ui::RunsPage</name>
    <message>
        <source>Runs</source>
        <translation>実行一覧</translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation>履歴を読んでいます…</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新しい実行</translation>
    </message>
    <message>
        <source>Set up a new run (Ctrl+N)</source>
        <translation>新しい実行を用意します (Ctrl+N)</translation>
    </message>
    <message>
        <source>Filter, such as val&lt;3.2 tag:good arch:transformer (Ctrl+F)</source>
        <translation>絞り込み (例: val&lt;3.2 tag:good arch:transformer) (Ctrl+F)</translation>
    </message>
    <message>
        <source>Filter of the runs</source>
        <translation>実行の絞り込み</translation>
    </message>
    <message>
        <source>Words and conditions, all of which must hold; - in front turns one around. : contains, = != &lt; &lt;= &gt; &gt;= compare.</source>
        <translation>語と条件。すべて満たすものだけが残ります。前に - を付けると逆になります。: は含む、= != &lt; &lt;= &gt; &gt;= は比較。</translation>
    </message>
    <message>
        <source>And any setting by its path or last word: optimizer.lr&lt;=1e-3, width:128</source>
        <translation>設定もパスまたは最後の語で使えます: optimizer.lr&lt;=1e-3、width:128</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation>保存した絞り込み</translation>
    </message>
    <message>
        <source>Saved filters…</source>
        <translation>保存した絞り込み…</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>グループ分け</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>グループなし</translation>
    </message>
    <message>
        <source>By status</source>
        <translation>状態ごと</translation>
    </message>
    <message>
        <source>By objective</source>
        <translation>目的ごと</translation>
    </message>
    <message>
        <source>By backbone</source>
        <translation>バックボーンごと</translation>
    </message>
    <message>
        <source>By dataset</source>
        <translation>データセットごと</translation>
    </message>
    <message>
        <source>By tags</source>
        <translation>タグごと</translation>
    </message>
    <message>
        <source>By seeds</source>
        <translation>シードごと</translation>
    </message>
    <message>
        <source>Put the runs in groups under headings; a click on a heading folds it</source>
        <translation>実行を見出しの下にまとめます。見出しをクリックするとたたみます</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>ごみ箱</translation>
    </message>
    <message>
        <source>Empty the trash</source>
        <translation>ごみ箱を空にする</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>実行はまだありません</translation>
    </message>
    <message>
        <source>Every run that you train in this workspace stands here, with its curves, samples and checkpoints.
The quick-start recipe trains a small language model in under two minutes and needs no data.</source>
        <translation>このワークスペースで学習したすべての実行が、曲線、生成例、チェックポイントとともにここに並びます。
クイックスタートのレシピは、データなしで小さな言語モデルを 2 分未満で学習します。</translation>
    </message>
    <message>
        <source>Set up the first run</source>
        <translation>最初の実行を用意</translation>
    </message>
    <message>
        <source>Enter	Open the run</source>
        <translation>Enter	実行を開く</translation>
    </message>
    <message>
        <source>C	Compare the chosen runs</source>
        <translation>C	選んだ実行を比べる</translation>
    </message>
    <message>
        <source>F2	Rename</source>
        <translation>F2	名前を変更</translation>
    </message>
    <message>
        <source>T	Tags</source>
        <translation>T	タグ</translation>
    </message>
    <message>
        <source>N	Notes</source>
        <translation>N	メモ</translation>
    </message>
    <message>
        <source>Ctrl+D	Duplicate into New run</source>
        <translation>Ctrl+D	新しい実行に複製</translation>
    </message>
    <message>
        <source>Del	Put into the trash</source>
        <translation>Del	ごみ箱に入れる</translation>
    </message>
    <message>
        <source>Ctrl+Z	Take out of the trash again</source>
        <translation>Ctrl+Z	ごみ箱から戻す</translation>
    </message>
    <message>
        <source>The history cannot be read.

%1</source>
        <translation>履歴を読めません。

%1</translation>
    </message>
    <message>
        <source>Trash (%1)</source>
        <translation>ごみ箱 (%1)</translation>
    </message>
    <message>
        <source>1 run</source>
        <translation>1 件</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 件</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 chosen</source>
        <translation>%1 件選択</translation>
    </message>
    <message>
        <source>Choose two runs or more first (Ctrl or Shift and click)</source>
        <translation>先に 2 つ以上の実行を選んでください (Ctrl または Shift を押しながらクリック)</translation>
    </message>
    <message>
        <source>At most 50 runs can be compared</source>
        <translation>比べられるのは 50 件までです</translation>
    </message>
    <message>
        <source>Compare the chosen runs side by side (C)</source>
        <translation>選んだ実行を並べて比べます (C)</translation>
    </message>
    <message>
        <source>Save this filter…</source>
        <translation>この絞り込みを保存…</translation>
    </message>
    <message>
        <source>There is no filter to save: type one first</source>
        <translation>保存する絞り込みがありません。先に入力してください</translation>
    </message>
    <message>
        <source>Save this filter</source>
        <translation>この絞り込みを保存</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>These runs lie in the trash already; empty it to free their space</source>
        <translation>これらの実行はすでにごみ箱にあります。空にすると容量が空きます</translation>
    </message>
    <message>
        <source>%1 in the trash; emptying it frees %2.</source>
        <translation>%1ごみ箱に入りました。空にすると %2 空きます。</translation>
    </message>
    <message>
        <source>1 run is</source>
        <translation>1 件が</translation>
    </message>
    <message>
        <source>%1 runs are</source>
        <translation>%1 件が</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>元に戻す (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Remove %1, %2</source>
        <translation>%1、%2 を削除</translation>
    </message>
    <message>
        <source>Remove what is in the trash for good?</source>
        <translation>ごみ箱の中身を完全に削除しますか?</translation>
    </message>
    <message>
        <source>The runs&apos; checkpoints, curves and samples cannot be brought back.</source>
        <translation>実行のチェックポイント、曲線、生成例は元に戻せません。</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>残しておく</translation>
    </message>
    <message>
        <source>%1 freed</source>
        <translation>%1 空きました</translation>
    </message>
    <message>
        <source>Write a report</source>
        <translation>レポートを書く</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>ウェブページ (*.html)</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>書き出しました: %1</translation>
    </message>
    <message>
        <source>Choose one run</source>
        <translation>実行を 1 つ選んでください</translation>
    </message>
    <message>
        <source>This window is open for reading only</source>
        <translation>このウィンドウは読み取り専用です</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Compare (C)</source>
        <translation>比べる (C)</translation>
    </message>
    <message>
        <source>Choose two runs or more</source>
        <translation>2 つ以上の実行を選んでください</translation>
    </message>
    <message>
        <source>Rename (F2)</source>
        <translation>名前を変更 (F2)</translation>
    </message>
    <message>
        <source>Tags… (T)</source>
        <translation>タグ… (T)</translation>
    </message>
    <message>
        <source>Notes… (N)</source>
        <translation>メモ… (N)</translation>
    </message>
    <message>
        <source>Duplicate into New run (Ctrl+D)</source>
        <translation>新しい実行に複製 (Ctrl+D)</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Another run is being trained in this window</source>
        <translation>このウィンドウで別の実行を学習中です</translation>
    </message>
    <message>
        <source>This run has finished; its budget is spent</source>
        <translation>この実行は終了しました。学習量を使い切っています</translation>
    </message>
    <message>
        <source>This run cannot be resumed now</source>
        <translation>この実行は今は再開できません</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>レポート…</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>フォルダを表示</translation>
    </message>
    <message>
        <source>Put into the trash (Del)</source>
        <translation>ごみ箱に入れる (Del)</translation>
    </message>
    <message>
        <source>Fine-tune or continue…</source>
        <translation>微調整・継続学習…</translation>
    </message>
    <message>
        <source>The tags of %1 were changed.</source>
        <translation>%1のタグを変更しました。</translation>
    </message>
    <message>
        <source>Train longer…</source>
        <translation>さらに学習…</translation>
    </message>
    <message>
        <source>Fork…</source>
        <translation>分岐…</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>フィルターを消す</translation>
    </message>
    <message>
        <source>No run matches this filter.</source>
        <translation>このフィルターに合う実行はありません。</translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation>ごみ箱は空です。</translation>
    </message>
    <message>
        <source>There is no run outside of the trash.</source>
        <translation>ごみ箱の外に実行はありません。</translation>
    </message>
    <message>
        <source>Self-test of its resume…</source>
        <translation>再開のセルフテスト…</translation>
    </message>
    <message>
        <source>This run has no checkpoint</source>
        <translation>この実行にはチェックポイントがありません</translation>
    </message>
    <message>
        <source>Scaling…</source>
        <translation>スケーリング…</translation>
    </message>
    <message>
        <source>Choose runs of one scaling study; groundwork-cli scaling begins one</source>
        <translation>一つのスケーリング調査の実行を選んでください。調査は groundwork-cli scaling で始められます</translation>
    </message>
    <message>
        <source>No run can be read: their rows in the history are damaged. `groundwork-cli rebuild` makes it again from the folders of the runs.</source>
        <translation>読める実行がありません。履歴の中の行が壊れています。`groundwork-cli rebuild` で実行のフォルダーから作り直せます。</translation>
    </message>
    <message>
        <source>1 cannot be read</source>
        <translation>1 件は読めません</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>%1 件は読めません</translation>
    </message>
    <message>
        <source>Their rows in the history are damaged. `groundwork-cli rebuild` makes it again from the folders of the runs.</source>
        <translation>履歴の中の行が壊れています。`groundwork-cli rebuild` で実行のフォルダーから作り直せます。</translation>
    </message>
</context>
<context>
    <name>gw::ui::SamplesView</name>
    <message>
        <source>Samples</source>
        <translation>生成例</translation>
    </message>
    <message>
        <source>What the model draws appears here; of one that draws nothing, see the tab Looks.</source>
        <translation>モデルが描いたものがここに現れます。何も描かないモデルについては「見え方」タブをご覧ください。</translation>
    </message>
    <message>
        <source>What the model writes appears here, newest first.</source>
        <translation>モデルが書いたものが、新しい順にここに出ます。</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>ステップ %1</translation>
    </message>
</context>
<context>
    <name>gw::ui::ScalingDialog</name>
    <message>
        <source>Scaling: %1</source>
        <translation>スケーリング: %1</translation>
    </message>
    <message>
        <source>Fitting…</source>
        <translation>当てはめています…</translation>
    </message>
    <message>
        <source>Forecast at so many times the compute of the dearest run</source>
        <translation>最も計算量の多い実行の何倍の計算量で予測するか</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大きさ</translation>
    </message>
    <message>
        <source>FLOP</source>
        <translation>FLOP</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>Law</source>
        <translation>法則</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>1 run of the study has not ended well, or not yet, and is left out</source>
        <translation>この調査の 1 件の実行は、正常に終わっていないか、まだ終わっていないので、除かれています</translation>
    </message>
    <message>
        <source>%1 runs of the study have not ended well, or not yet, and are left out</source>
        <translation>この調査の %1 件の実行は、正常に終わっていないか、まだ終わっていないので、除かれています</translation>
    </message>
    <message>
        <source>L(C) = %1 · C^−%2 + %3, with C the compute of a run. The runs lie %4 % from it.</source>
        <translation>L(C) = %1 · C^−%2 + %3 (C は実行の計算量)。実行はこの法則から %4 % 離れています。</translation>
    </message>
    <message>
        <source>At %1 FLOP: a loss of %2, nine times in ten between %3 and %4.</source>
        <translation>%1 FLOP では損失は %2、十回のうち九回は %3 から %4 の間です。</translation>
    </message>
    <message>
        <source>At %1 FLOP: a loss of %2. One seed a size gives no band.</source>
        <translation>%1 FLOP では損失は %2 です。サイズごとにシードが一つでは、幅は分かりません。</translation>
    </message>
</context>
<context>
    <name>gw::ui::ScalingPlot</name>
    <message>
        <source>Held-out loss by training compute</source>
        <translation>訓練の計算量と検証損失</translation>
    </message>
    <message>
        <source>Training compute, FLOP</source>
        <translation>訓練の計算量 (FLOP)</translation>
    </message>
    <message>
        <source>Held-out loss</source>
        <translation>検証損失</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Nine times in ten</source>
        <translation>十回のうち九回</translation>
    </message>
    <message>
        <source>Law</source>
        <translation>法則</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>予測</translation>
    </message>
</context>
<context>
    <name>gw::ui::SectionForm</name>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation>設定を減らす</translation>
    </message>
    <message>
        <source>1 more setting</source>
        <translation>ほか 1 件の設定</translation>
    </message>
    <message>
        <source>%1 more settings</source>
        <translation>ほか %1 件の設定</translation>
    </message>
    <message>
        <source>Still to be filled in: %1</source>
        <translation>未入力です: %1</translation>
    </message>
</context>
<context>
    <name>gw::ui::SelfTestDialog</name>
    <message>
        <source>Self-test of %1</source>
        <translation>%1のセルフテスト</translation>
    </message>
    <message>
        <source>A few steps are trained in one go, and again with saves and resumes in between. Weights, the optimizer&apos;s memory and every figure must be the same to the bit. The run itself is not touched.</source>
        <translation>数ステップを一気に学習し、次に途中で保存と再開をはさんで学習します。重み、オプティマイザーの記憶、すべての数値がビット単位で一致しなければなりません。実行そのものには触れません。</translation>
    </message>
    <message>
        <source>How far this stage is</source>
        <translation>この段階の進み具合</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>The test could not be made</source>
        <translation>テストできませんでした</translation>
    </message>
    <message>
        <source>A resume is exact</source>
        <translation>再開は正確です</translation>
    </message>
    <message>
        <source>A resume is not exact</source>
        <translation>再開は正確ではありません</translation>
    </message>
    <message>
        <source>%1 in %2 on %3 threads, %4</source>
        <translation>%1、%2、%3 スレッド、%4</translation>
    </message>
</context>
<context>
    <name>gw::ui::SequencePanel</name>
    <message>
        <source>Result</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>Sequences that were carried out</source>
        <translation>実施した課題の列</translation>
    </message>
    <message>
        <source>Labelled data</source>
        <translation>ラベル付きデータ</translation>
    </message>
    <message>
        <source>Files, separated by semicolons; each is a task unless classes are cut into groups</source>
        <translation>ファイル（セミコロン区切り）。クラスを分けない場合は一つが一課題</translation>
    </message>
    <message>
        <source>Labelled files of the tasks</source>
        <translation>課題のラベル付きファイル</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Classes a task</source>
        <translation>課題ごとのクラス数</translation>
    </message>
    <message>
        <source>a file a task</source>
        <translation>1 ファイル 1 課題</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>シード数</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>周回数</translation>
    </message>
    <message>
        <source>Carry out</source>
        <translation>実施</translation>
    </message>
    <message>
        <source>A run is being trained already: %1</source>
        <translation>別の実行を学習中です：%1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Preparing…</source>
        <translation>準備しています…</translation>
    </message>
    <message>
        <source>Cancelled; what was done is kept</source>
        <translation>キャンセルしました。済んだ分は残っています</translation>
    </message>
    <message>
        <source>A sequence of tasks shows what a backbone forgets while it goes on learning: plain training one task after another, four remedies, and all tasks at once as the bound.</source>
        <translation>課題の列では、学び続けるバックボーンが何を忘れるかを調べます：単純な順次学習、四つの対策、そして上限としての同時学習。</translation>
    </message>
    <message>
        <source>No checkpoint is chosen.</source>
        <translation>チェックポイントが選ばれていません。</translation>
    </message>
    <message>
        <source>Empty: the checkpoint&apos;s own data</source>
        <translation>空欄ならチェックポイント自身のデータ</translation>
    </message>
    <message>
        <source>Six strategies with each seed, from the chosen checkpoint. Each task is a run of the history; what is done stays when you cancel, and goes on when you carry it out again</source>
        <translation>選んだチェックポイントから、シードごとに 6 つの方法を実行します。各タスクは履歴の実行になります。中止しても済んだ分は残り、もう一度実行すると続きから始まります</translation>
    </message>
    <message>
        <source>Training all tasks at once</source>
        <translation>全課題を同時に学習中</translation>
    </message>
    <message>
        <source>Evaluating after all tasks at once</source>
        <translation>全課題の同時学習後の評価中</translation>
    </message>
    <message>
        <source>Training %1 (task %2 of %3)</source>
        <translation>%1 を学習中（課題 %2 / %3）</translation>
    </message>
    <message>
        <source>Evaluating after %1 (task %2 of %3)</source>
        <translation>%1 の学習後の評価中（課題 %2 / %3）</translation>
    </message>
    <message>
        <source>%1, seed %2</source>
        <translation>%1、シード %2</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>ステップ %1 / %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>残り %1</translation>
    </message>
    <message>
        <source>Open run</source>
        <translation>実行を開く</translation>
    </message>
    <message>
        <source>Show the run that is being trained, with its curves</source>
        <translation>学習中の実行を曲線とともに表示します</translation>
    </message>
    <message>
        <source>Cancelling: the run at hand is saved first…</source>
        <translation>中止しています：学習中の実行を先に保存します…</translation>
    </message>
    <message>
        <source>This window is open for reading only: another one has this workspace open</source>
        <translation>このウィンドウは読み取り専用です: 別のウィンドウがこのワークスペースを開いています</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>シナリオ</translation>
    </message>
    <message>
        <source>Steps a task</source>
        <translation>課題ごとのステップ数</translation>
    </message>
    <message>
        <source>by passes</source>
        <translation>周回数による</translation>
    </message>
    <message>
        <source>A sequence is being carried out already: cancel it first</source>
        <translation>すでに系列を実行中です。先に取り消してください</translation>
    </message>
    <message>
        <source>Result · %1</source>
        <translation>結果 · %1</translation>
    </message>
    <message>
        <source>Nothing can be written to this workspace</source>
        <translation>このワークスペースには書き込めません</translation>
    </message>
</context>
<context>
    <name>gw::ui::SequenceResults</name>
    <message>
        <source>Strategy</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>正解率</translation>
    </message>
    <message>
        <source>k-NN</source>
        <translation>k-NN</translation>
    </message>
    <message>
        <source>Forgetting</source>
        <translation>忘却</translation>
    </message>
    <message>
        <source>Backward</source>
        <translation>後方転移</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前方転移</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>シード数</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>By head, over all tasks at the end</source>
        <translation>最後の時点での全課題のヘッドによる平均</translation>
    </message>
    <message>
        <source>k-NN of the features, over all tasks at the end</source>
        <translation>最後の時点での全課題の特徴量による k-NN の平均</translation>
    </message>
    <message>
        <source>Best accuracy that a task ever had less that at the end: lower is better</source>
        <translation>各課題の最高正解率と最後の正解率の差（小さいほど良い）</translation>
    </message>
    <message>
        <source>Accuracy at the end less that just after the task was learnt</source>
        <translation>最後の正解率と学習直後の正解率の差</translation>
    </message>
    <message>
        <source>k-NN of a task before it was learnt less that before the first task</source>
        <translation>課題を学ぶ直前の k-NN と最初の課題の前の k-NN の差</translation>
    </message>
    <message>
        <source>Seeds that have gone through all tasks, of all</source>
        <translation>全課題を終えたシードの数と全体の数</translation>
    </message>
    <message>
        <source>Accuracy of each task (across) after each task (down)</source>
        <translation>各課題の学習後（縦）の各課題の正解率（横）</translation>
    </message>
    <message>
        <source>Accuracy by task</source>
        <translation>課題別の正解率</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>課題</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>シード</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>Training time</source>
        <translation>学習時間</translation>
    </message>
    <message>
        <source>Runs of the strategy</source>
        <translation>この方法の実行</translation>
    </message>
    <message>
        <source>Open run</source>
        <translation>実行を開く</translation>
    </message>
    <message>
        <source>Show the chosen run with its curves (Enter)</source>
        <translation>選んだ実行を曲線とともに表示します（Enter）</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Task %1</source>
        <translation>課題 %1</translation>
    </message>
    <message>
        <source>All tasks</source>
        <translation>全課題</translation>
    </message>
    <message>
        <source>After %1: %2</source>
        <translation>%1 の後：%2</translation>
    </message>
    <message>
        <source>Tasks learnt so far</source>
        <translation>学んだ課題の数</translation>
    </message>
    <message>
        <source>Accuracy by head</source>
        <translation>ヘッドによる正解率</translation>
    </message>
</context>
<context>
    <name>gw::ui::SettingsDialog</name>
    <message>
        <source>Settings of the program</source>
        <translation>プログラムの設定</translation>
    </message>
    <message>
        <source>Open a workspace</source>
        <translation>ワークスペースを開く</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>ワークスペース</translation>
    </message>
    <message>
        <source>Open another…</source>
        <translation>別のフォルダーを開く…</translation>
    </message>
    <message>
        <source>Usual folder</source>
        <translation>既定のフォルダー</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Runs, their history and their checkpoints lie there. The next start opens the same folder; an empty folder becomes a new workspace.</source>
        <translation>実行とその履歴、チェックポイントはここに保存されます。次回の起動時も同じフォルダーを開きます。空のフォルダーは新しいワークスペースになります。</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>ウィンドウ</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Remembered between starts</source>
        <translation>次回の起動まで記憶するもの</translation>
    </message>
    <message>
        <source>Size and place of the window, the widths of its parts and columns, and the form of New run as it was left.</source>
        <translation>ウィンドウの大きさと位置、各部分と列の幅、「新しい実行」の入力内容。</translation>
    </message>
    <message>
        <source>Forget sizes and columns</source>
        <translation>大きさと列の幅を初期状態に戻す</translation>
    </message>
    <message>
        <source>Show the tour</source>
        <translation>ツアーを表示</translation>
    </message>
    <message>
        <source>“%1” is being trained: another workspace can be opened when it has ended.</source>
        <translation>“%1” を学習中です。終わると別のワークスペースを開けます。</translation>
    </message>
    <message>
        <source>Runs are trained</source>
        <translation>学習する場所</translation>
    </message>
    <message>
        <source>Apart if on a GPU</source>
        <translation>GPU を使うときは別プロセス</translation>
    </message>
    <message>
        <source>Inside this program</source>
        <translation>このプログラムの中</translation>
    </message>
    <message>
        <source>Apart, in a process of their own</source>
        <translation>独立した別プロセス</translation>
    </message>
    <message>
        <source>When the window is closed</source>
        <translation>ウィンドウを閉じるとき</translation>
    </message>
    <message>
        <source>Ask what becomes of the run</source>
        <translation>実行をどうするか尋ねる</translation>
    </message>
    <message>
        <source>Let a run that is trained apart go on</source>
        <translation>別プロセスの実行は学習を続ける</translation>
    </message>
    <message>
        <source>Inside this program a run ends with it. Apart, a crash or a lack of memory ends the run alone, and a run can go on without the window, which shows it again at its next start. The choice holds for runs that begin from now on.</source>
        <translation>このプログラムの中で学習する実行は、プログラムと一緒に終わります。別プロセスなら、異常終了やメモリ不足で終わるのはその実行だけで、ウィンドウを閉じても学習を続けられ、次回の起動時にまた表示されます。この選択は、これから始める実行に適用されます。</translation>
    </message>
    <message>
        <source>Energy, CO2 and prices…</source>
        <translation>電力量・CO2・単価…</translation>
    </message>
    <message>
        <source>Cost of runs</source>
        <translation>実行のコスト</translation>
    </message>
</context>
<context>
    <name>gw::ui::SettingsModel</name>
    <message>
        <source>Setting</source>
        <translation>設定</translation>
    </message>
</context>
<context>
    <name>gw::ui::ShortcutSheet</name>
    <message>
        <source>Keys</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>どこでも</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>gw::ui::SpectrumPlot</name>
    <message>
        <source>Singular values of the weight</source>
        <translation>重みの特異値</translation>
    </message>
    <message>
        <source>Singular value</source>
        <translation>特異値</translation>
    </message>
</context>
<context>
    <name>gw::ui::StepList</name>
    <message>
        <source>Steps of the curation</source>
        <translation>整備の手順</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上へ</translation>
    </message>
    <message>
        <source>Take the chosen step earlier</source>
        <translation>選んだ手順を前にします</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下へ</translation>
    </message>
    <message>
        <source>Take the chosen step later</source>
        <translation>選んだ手順を後にします</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>外す</translation>
    </message>
    <message>
        <source>Take the chosen step out of the list</source>
        <translation>選んだ手順を一覧から外します</translation>
    </message>
    <message>
        <source>Add a step…</source>
        <translation>手順を加える…</translation>
    </message>
    <message>
        <source>Step to add</source>
        <translation>加える手順</translation>
    </message>
    <message>
        <source>Take a usual list…</source>
        <translation>定番の一覧…</translation>
    </message>
    <message>
        <source>Usual lists of steps</source>
        <translation>手順の定番の一覧</translation>
    </message>
    <message>
        <source>No step is chosen.</source>
        <translation>手順が選ばれていません。</translation>
    </message>
</context>
<context>
    <name>gw::ui::StepPanel</name>
    <message>
        <source>Loss %1 · from token %2 of the training part</source>
        <translation>損失 %1 · 訓練部分のトークン %2 から</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>Step whose samples are shown</source>
        <translation>標本を表示するステップ</translation>
    </message>
    <message>
        <source>Show its samples</source>
        <translation>標本を表示</translation>
    </message>
    <message>
        <source>Click a point on a curve to see the samples of that step, the hardest first.</source>
        <translation>曲線の点をクリックすると、そのステップの標本を難しい順に表示します。</translation>
    </message>
    <message>
        <source>Samples of the step</source>
        <translation>ステップの標本</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Reading the data and scoring the samples of step %1…</source>
        <translation>データを読み、ステップ %1 の標本を評価しています…</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>キャンセルしました</translation>
    </message>
    <message>
        <source>Begin from here…</source>
        <translation>ここから始める…</translation>
    </message>
    <message>
        <source>Fine-tune or continue from the checkpoint nearest to this step</source>
        <translation>このステップに最も近いチェックポイントから微調整・継続学習します</translation>
    </message>
    <message>
        <source>Loss %1 · number %2 of the data</source>
        <translation>損失 %1 · データの %2 番</translation>
    </message>
    <message>
        <source>%1, said %2</source>
        <translation>%1、予測 %2</translation>
    </message>
    <message>
        <source>said: %1</source>
        <translation>予測: %1</translation>
    </message>
    <message>
        <source>Pictures of the step, with what is true and what the checkpoint says</source>
        <translation>ステップの画像 (正解とチェックポイントの予測)</translation>
    </message>
    <message>
        <source>%1 samples of step %2, the hardest first, scored with the weights of step %3.</source>
        <translation>ステップ %2 の標本 %1 件 (難しい順)。ステップ %3 の重みで評価。</translation>
    </message>
    <message>
        <source>The darker the ground, the more a token cost.</source>
        <translation>地の色が濃いほど損失の大きいトークンです。</translation>
    </message>
    <message>
        <source>Replay this step</source>
        <translation>このステップを再実行</translation>
    </message>
    <message>
        <source>Train on from the checkpoint before to this step, and show layer by layer what it does: the first that is not finite, if there is one</source>
        <translation>直前のチェックポイントからこのステップまで学習し、各層の動きを示します。有限でない層があれば、最初のものを示します</translation>
    </message>
    <message>
        <source>The step layer by layer</source>
        <translation>ステップの層ごとの詳細</translation>
    </message>
    <message>
        <source>Training on from the checkpoint before to step %1…</source>
        <translation>直前のチェックポイントからステップ %1 まで学習しています…</translation>
    </message>
    <message>
        <source>Loss %1 · %2</source>
        <translation>損失 %1 · %2</translation>
    </message>
</context>
<context>
    <name>gw::ui::SummaryCard</name>
    <message>
        <source>This run</source>
        <translation>この実行</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>パラメータ数</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>Tokens a step</source>
        <translation>ステップあたりトークン</translation>
    </message>
    <message>
        <source>Tokens in all</source>
        <translation>トークン合計</translation>
    </message>
    <message>
        <source>Memory, about</source>
        <translation>メモリ (約)</translation>
    </message>
    <message>
        <source>A checkpoint</source>
        <translation>チェックポイント 1 つ</translation>
    </message>
    <message>
        <source>FLOPs a token</source>
        <translation>トークンあたり FLOPs</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>約 %1</translation>
    </message>
    <message>
        <source>The vocabulary is known only when the tokenizer has seen the data; %1 tokens are assumed.</source>
        <translation>語彙はトークナイザがデータを見るまで分かりません。%1 トークンと仮定しています。</translation>
    </message>
    <message>
        <source>Vocabulary of %1 tokens</source>
        <translation>語彙 %1 トークン</translation>
    </message>
    <message>
        <source>known when data is read</source>
        <translation>データ読込後に表示</translation>
    </message>
    <message>
        <source>Forward and backward: 6 times the parameters, and the attention over the context</source>
        <translation>順伝播と逆伝播: パラメータ数の 6 倍と、文脈にわたるアテンション</translation>
    </message>
    <message>
        <source>Fit the rest to this data</source>
        <translation>ほかの設定をこのデータに合わせる</translation>
    </message>
    <message>
        <source>Images a step</source>
        <translation>ステップあたり画像</translation>
    </message>
    <message>
        <source>Images in all</source>
        <translation>画像の総数</translation>
    </message>
    <message>
        <source>FLOPs an image</source>
        <translation>画像あたりの FLOPs</translation>
    </message>
    <message>
        <source>Forward and backward: three times the products of a pass</source>
        <translation>順伝播と逆伝播: 順伝播の積和演算の 3 倍</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Sets what does not fit this data</source>
        <translation>このデータに合わない設定を変更します</translation>
    </message>
    <message>
        <source>Weights and gradients %1, optimizer %2, activations %3, the program %4</source>
        <translation>重みと勾配 %1、最適化 %2、活性 %3、プログラム本体 %4</translation>
    </message>
    <message>
        <source>This needs about %1, and the machine has %2</source>
        <translation>約 %1 必要ですが、このマシンのメモリは %2 です</translation>
    </message>
    <message>
        <source>Micro-batch %1 × %2</source>
        <translation>マイクロバッチ %1 × %2</translation>
    </message>
    <message>
        <source>The same rows a step in smaller pieces, about %1</source>
        <translation>1 ステップの行数はそのままで、小さく分けます (約 %1)</translation>
    </message>
    <message>
        <source>Windows a step</source>
        <translation>ステップあたりの窓</translation>
    </message>
    <message>
        <source>Windows in all</source>
        <translation>窓の総数</translation>
    </message>
    <message>
        <source>FLOPs a window</source>
        <translation>窓あたりの FLOPs</translation>
    </message>
    <message>
        <source>Rows a step</source>
        <translation>ステップあたりの行数</translation>
    </message>
    <message>
        <source>Rows in all</source>
        <translation>合計の行数</translation>
    </message>
    <message>
        <source>FLOPs a row</source>
        <translation>1 行の FLOPs</translation>
    </message>
</context>
<context>
    <name>gw::ui::SummaryModel</name>
    <message>
        <source>Not drawn: %1</source>
        <translation>描かれていません: %1</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最良</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最後</translation>
    </message>
    <message>
        <source>At equal x (%1)</source>
        <translation>同じ x で (%1)</translation>
    </message>
    <message>
        <source>At equal x</source>
        <translation>同じ x で</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差</translation>
    </message>
    <message>
        <source>Way to the target</source>
        <translation>目標までの道のり</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>学習時間</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>コスト</translation>
    </message>
</context>
<context>
    <name>gw::ui::TagsDialog</name>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Tags of “%1”</source>
        <translation>「%1」のタグ</translation>
    </message>
    <message>
        <source>Tags of %1 runs</source>
        <translation>%1 件の実行のタグ</translation>
    </message>
    <message>
        <source>%1 of these runs have it; half ticked: each stays as it is</source>
        <translation>このうち %1 件にあります。半分の印: それぞれそのままにします</translation>
    </message>
    <message>
        <source>New tags, with commas between them</source>
        <translation>新しいタグ（コンマ区切り）</translation>
    </message>
    <message>
        <source>Set the tags</source>
        <translation>タグを設定</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>gw::ui::Tour</name>
    <message>
        <source>Skip</source>
        <translation>飛ばす</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>始める</translation>
    </message>
</context>
<context>
    <name>gw::ui::TryDrawing</name>
    <message>
        <source>Draw</source>
        <translation>描く</translation>
    </message>
    <message>
        <source>Seed </source>
        <translation>シード </translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>シード</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>画像を保存</translation>
    </message>
    <message>
        <source>drawn.png</source>
        <translation>drawn.png</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>画像 (*.png)</translation>
    </message>
    <message>
        <source>Drawing…</source>
        <translation>描画中…</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>シード %1</translation>
    </message>
    <message>
        <source>%1 drawn pictures</source>
        <translation>描いた画像:%1枚</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>書き出しました: %1</translation>
    </message>
    <message>
        <source>Stop drawing</source>
        <translation>描画を止める</translation>
    </message>
    <message>
        <source>Pictures or rows out of nothing, by the weights of this checkpoint (Ctrl+Enter)</source>
        <translation>このチェックポイントの重みで、何もない所から画像や行を描きます (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>The same seed draws the same</source>
        <translation>同じシードなら同じものが描かれます</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Write what is shown to a file: pictures as PNG, rows as CSV</source>
        <translation>表示中のものをファイルに書きます。画像は PNG、行は CSV</translation>
    </message>
    <message>
        <source>Save rows</source>
        <translation>行を保存</translation>
    </message>
    <message>
        <source>drawn.csv</source>
        <translation>drawn.csv</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表 (*.csv)</translation>
    </message>
    <message>
        <source>Drawn rows, by their first two values</source>
        <translation>描いた行(最初の 2 つの値による)</translation>
    </message>
</context>
<context>
    <name>gw::ui::TryEvaluation</name>
    <message>
        <source>Evaluate on a file…</source>
        <translation>ファイルで評価…</translation>
    </message>
    <message>
        <source>All of it, read as this run read its own data</source>
        <translation>ファイル全体を、この実行が自身のデータを読んだときと同じように読みます</translation>
    </message>
    <message>
        <source>On its own data…</source>
        <translation>自身のデータで…</translation>
    </message>
    <message>
        <source>A whole part of the data that this run was trained with</source>
        <translation>この実行の学習に使ったデータの一部分全体</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>The validation part</source>
        <translation>検証部分</translation>
    </message>
    <message>
        <source>The test part</source>
        <translation>テスト部分</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指標</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>値</translation>
    </message>
    <message>
        <source>Figures of the evaluation</source>
        <translation>評価の指標</translation>
    </message>
    <message>
        <source>Evaluate on a file</source>
        <translation>ファイルで評価</translation>
    </message>
    <message>
        <source>Reading the data…</source>
        <translation>データを読んでいます…</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source> · %1 %</source>
        <translation> · %1 %</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>評価しています</translation>
    </message>
    <message>
        <source>Reading the data</source>
        <translation>データを読んでいます</translation>
    </message>
    <message>
        <source>Put the old files back, or evaluate on a file</source>
        <translation>元のファイルに戻すか、ファイルで評価してください</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>キャンセルしました</translation>
    </message>
    <message>
        <source>Read as %1</source>
        <translation>読み方: %1</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>トークン</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>バイト</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
</context>
<context>
    <name>gw::ui::TryJudging</name>
    <message>
        <source>Text to judge</source>
        <translation>判定するテキスト</translation>
    </message>
    <message>
        <source>A text for the model to judge</source>
        <translation>モデルに判定させるテキスト</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>画像を選ぶ…</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>反転</translation>
    </message>
    <message>
        <source>Exchange bright and dark, for pictures on white where the training pictures are on black</source>
        <translation>明暗を入れ替えます。学習画像が黒地で、選んだ画像が白地のときに使います</translation>
    </message>
    <message>
        <source>The picture as the model takes it</source>
        <translation>モデルに入力される画像</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>予測</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>What the model says</source>
        <translation>モデルの答え</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>画像を選ぶ</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.pgm *.ppm)</source>
        <translation>画像 (*.png *.jpg *.jpeg *.bmp *.gif *.pgm *.ppm)</translation>
    </message>
    <message>
        <source>Write a text for the model to judge.</source>
        <translation>モデルに判定させるテキストを書いてください。</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>モデルを読み込んでいます…</translation>
    </message>
    <message>
        <source>This picture cannot be read: %1</source>
        <translation>この画像は読めません: %1</translation>
    </message>
    <message>
        <source>Choose a PNG or JPEG file</source>
        <translation>PNG か JPEG のファイルを選んでください</translation>
    </message>
    <message>
        <source>This model takes pictures with %1 channels, which no picture file has</source>
        <translation>このモデルの画像は %1 チャンネルですが、そのような画像ファイルはありません</translation>
    </message>
    <message>
        <source>Evaluate it on a file of its own kind instead</source>
        <translation>代わりに、学習データと同じ種類のファイルで評価してください</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>As the model takes it: scaled, and cut around the middle</source>
        <translation>モデルへの入力: 拡大縮小し、中央を切り出したもの</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>クラス</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>確率</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>単語</translation>
    </message>
    <message>
        <source>What is said</source>
        <translation>答え</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>値</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数値</translation>
    </message>
    <message>
        <source>A row: name=value for each column, ? where a value is not known</source>
        <translation>1 行: 列ごとに 名前=値、わからない値は ?</translation>
    </message>
    <message>
        <source>The rows of a window, the oldest first: values with commas between them</source>
        <translation>窓の行（古いものから）: 値をカンマで区切ります</translation>
    </message>
</context>
<context>
    <name>gw::ui::TryPanel</name>
    <message>
        <source>There is no checkpoint to try yet. A run saves them while it is trained; S saves one now.</source>
        <translation>試せるチェックポイントがまだありません。学習中に保存されます。S キーで今すぐ保存できます。</translation>
    </message>
    <message>
        <source>Checkpoint whose weights are used</source>
        <translation>重みを使うチェックポイント</translation>
    </message>
    <message>
        <source>Fine-tune…</source>
        <translation>微調整…</translation>
    </message>
    <message>
        <source>Begin a run from this checkpoint: on other data, or on the same</source>
        <translation>このチェックポイントから実行を始めます。別のデータでも同じデータでも構いません</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出し…</translation>
    </message>
    <message>
        <source>Write this checkpoint for other programs and machines</source>
        <translation>このチェックポイントを、ほかのプログラムやマシンのために書き出します</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>ステップ %1</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最良</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>ステップ %1</translation>
    </message>
    <message>
        <source>%1 step %2</source>
        <translation>%1 ステップ %2</translation>
    </message>
    <message>
        <source>This model forecasts series: its forecasts of validation windows stand under Samples, and `groundwork-cli forecast` writes what comes behind the end of any data. It can be scored on a file, or trained on with other data.</source>
        <translation>このモデルは時系列を予測します。検証の窓に対する予測は「サンプル」にあり、`groundwork-cli forecast` は任意のデータの続きを書き出します。ファイルで評価したり、別のデータで続けて学習したりできます。</translation>
    </message>
    <message>
        <source>This model was trained on pictures without labels: it neither writes nor judges. What it makes of pictures stands under Samples and Looks. It can be scored on a file, or fine-tuned on labelled data.</source>
        <translation>このモデルはラベルなしの画像で学習しました。書くことも判定もしません。画像をどう捉えるかは「生成例」と「見え方」に表示されます。ファイルで評価するか、ラベル付きデータで微調整できます。</translation>
    </message>
    <message>
        <source>This model was trained on rows of a table without labels: it neither writes nor judges. It can be scored on a file, or fine-tuned on a table with a target.</source>
        <translation>このモデルはラベルのない表の行で学習されたため、テキストを書くことも判定することもできません。ファイルで採点するか、目的列のある表で微調整できます。</translation>
    </message>
</context>
<context>
    <name>gw::ui::TryWriting</name>
    <message>
        <source>Prompt</source>
        <translation>プロンプト</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>0 = always the likeliest token; more is freer</source>
        <translation>0 = 常に最も確率の高いトークン。大きいほど自由になります</translation>
    </message>
    <message>
        <source>Top k</source>
        <translation>Top k</translation>
    </message>
    <message>
        <source>Draw only from the k likeliest tokens; 0 = from all</source>
        <translation>確率の高い k 個のトークンからだけ選びます。0 = すべてから</translation>
    </message>
    <message>
        <source>all</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>長さ</translation>
    </message>
    <message>
        <source>Longest continuation, in tokens</source>
        <translation>続きの最大の長さ (トークン数)</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>What the model wrote</source>
        <translation>モデルが書いたもの</translation>
    </message>
    <message>
        <source>What the model writes appears here, newest first.</source>
        <translation>モデルが書いたものが、新しい順にここに出ます。</translation>
    </message>
    <message>
        <source>Fill in</source>
        <translation>穴埋め</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>A text with [MASK] where the model is to fill in</source>
        <translation>モデルに埋めさせる箇所に [MASK] を書いたテキスト</translation>
    </message>
    <message>
        <source>Beginning of a text for the model to go on from; it may stay empty</source>
        <translation>モデルが続きを書くテキストの書き出し。空欄でも構いません</translation>
    </message>
    <message>
        <source>Write [MASK] where the model is to fill in.</source>
        <translation>モデルに埋めさせる箇所に [MASK] と書いてください。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Loading the model and writing…</source>
        <translation>モデルを読み込み、書いています…</translation>
    </message>
    <message>
        <source>temperature %1, seed %2</source>
        <translation>温度 %1、シード %2</translation>
    </message>
    <message>
        <source>Cancelled; this was written by then.</source>
        <translation>キャンセルしました。そこまでに書かれたものです。</translation>
    </message>
</context>
<context>
    <name>gw::ui::WeightsPanel</name>
    <message>
        <source>Module</source>
        <translation>モジュール</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>パラメータ数</translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation>標準偏差</translation>
    </message>
    <message>
        <source>Dead rows</source>
        <translation>死んだ行</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>変化</translation>
    </message>
    <message>
        <source>Standard deviation of the values</source>
        <translation>値の標準偏差</translation>
    </message>
    <message>
        <source>Rows whose norm is no more than a thousandth of the middle row&apos;s</source>
        <translation>ノルムが中央値の行の 1000 分の 1 以下の行</translation>
    </message>
    <message>
        <source>Norm of the difference, as a share of the norm before</source>
        <translation>差のノルムの、変化前のノルムに対する割合</translation>
    </message>
    <message>
        <source>Weights by module</source>
        <translation>モジュールごとの重み</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新規</translation>
    </message>
    <message>
        <source>none</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>from zero</source>
        <translation>ゼロから</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>比較対象</translation>
    </message>
    <message>
        <source>Checkpoint to compare the weights with</source>
        <translation>重みを比較するチェックポイント</translation>
    </message>
    <message>
        <source>Choose a weight to see how its values are spread.</source>
        <translation>重みを選ぶと値の分布が表示されます。</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>ステップ %1</translation>
    </message>
    <message>
        <source>another checkpoint…</source>
        <translation>ほかのチェックポイント…</translation>
    </message>
    <message>
        <source>Choose a checkpoint on the left.</source>
        <translation>左でチェックポイントを選んでください。</translation>
    </message>
    <message>
        <source>Reading the weights…</source>
        <translation>重みを読み込み中…</translation>
    </message>
    <message>
        <source>Reading the weights… %1 %</source>
        <translation>重みを読み込み中… %1 %</translation>
    </message>
    <message>
        <source>%1 parameters in %2 weights, norm %3.</source>
        <translation>%2 個の重みに %1 パラメータ、ノルム %3。</translation>
    </message>
    <message>
        <source>Nothing has changed.</source>
        <translation>変化はありません。</translation>
    </message>
    <message>
        <source>Changed by %1 on the whole.</source>
        <translation>全体で %1 変化しました。</translation>
    </message>
    <message>
        <source>Weights that only the other checkpoint has: %1.</source>
        <translation>もう一方のチェックポイントにだけある重み: %1。</translation>
    </message>
    <message>
        <source>Weights of another shape there: %1.</source>
        <translation>形状が異なる重み: %1。</translation>
    </message>
    <message>
        <source>%1 values are not finite: take an older checkpoint.</source>
        <translation>%1 個の値が有限ではありません。より古いチェックポイントを使ってください。</translation>
    </message>
    <message>
        <source>Dead rows: %1 of %2.</source>
        <translation>死んだ行: %2 行中 %1 行。</translation>
    </message>
    <message>
        <source>%1 · %2 · norm %3 · mean %4 · zeros %5 of %6</source>
        <translation>%1 · %2 · ノルム %3 · 平均 %4 · ゼロ %6 個中 %5 個</translation>
    </message>
    <message>
        <source>changed by %1, cosine %2</source>
        <translation>%1 変化、コサイン %2</translation>
    </message>
    <message>
        <source>effective rank %1 of %2</source>
        <translation>有効ランク %2 中 %1</translation>
    </message>
</context>
<context>
    <name>gw::ui::WindowKeeper</name>
    <message>
        <source>A run is being trained in this window</source>
        <translation>このウィンドウで実行が学習中です</translation>
    </message>
    <message>
        <source>Stop it or wait for its end, then open the other workspace</source>
        <translation>停止するか終わるのを待ってから、別のワークスペースを開いてください</translation>
    </message>
    <message>
        <source>Opening %1…</source>
        <translation>%1 を開いています…</translation>
    </message>
</context>
<context>
    <name>gw::ui::Workbench</name>
    <message>
        <source>This window is open for reading only: another one has this workspace open</source>
        <translation>このウィンドウは読み取り専用です: 別のウィンドウがこのワークスペースを開いています</translation>
    </message>
    <message>
        <source>Start the run there, or close the other window and start Groundwork again</source>
        <translation>そちらで実行を開始するか、そのウィンドウを閉じて Groundwork を開き直してください</translation>
    </message>
    <message>
        <source>Groundwork</source>
        <translation>Groundwork</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>This run has no checkpoint to begin from</source>
        <translation>この実行には始められるチェックポイントがありません</translation>
    </message>
    <message>
        <source>Reading the checkpoint…</source>
        <translation>チェックポイントを確認中…</translation>
    </message>
    <message>
        <source>Reading the checkpoint… %1 %</source>
        <translation>チェックポイントを確認中… %1 %</translation>
    </message>
    <message>
        <source>Another checkpoint is still being checked; try again in a moment</source>
        <translation>別のチェックポイントを確認中です。少し待ってからもう一度試してください</translation>
    </message>
</context>
</TS>
